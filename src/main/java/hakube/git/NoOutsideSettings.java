package hakube.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Nothing that lies in a home folder, in {@code /etc} or in the environment changes how repositories are fetched, JGit writes no
 * file of its own there, and it looks for no {@code git}.
 */
final class NoOutsideSettings extends SystemReader.Delegate {

    private NoOutsideSettings(SystemReader before) {
        super(before);
    }

    /** From now on, in the whole process. */
    static void install() {
        SystemReader.setInstance(new NoOutsideSettings(SystemReader.getInstance()));
    }

    @Override
    public String getenv(String variable) {
        return null;
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    private static final class Empty extends FileBasedConfig {

        Empty(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        /** JGit would measure the clock of each file system for seconds; repositories here live for one fetch and need none. */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long fallback, TimeUnit wanted) {
            return section.equals("filesystem") ? wanted.convert(1, TimeUnit.SECONDS) : fallback;
        }
    }
}
