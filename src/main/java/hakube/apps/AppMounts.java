package hakube.apps;

import hakube.storage.Folders;
import hakube.store.AppManifest;
import hakube.store.FolderType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which folders of the shared claim an app sees, and where.
 *
 * @param mounts in the order of the manifest, {@code /data} first
 */
record AppMounts(List<Mount> mounts) {

    private static final String DATA = "/data";
    private static final String HOME_ASSISTANT = "/homeassistant";
    private static final String TMP = "/tmp";
    private static final String SHM = "/dev/shm";

    /** One folder. @param subPath below the claim's root */
    record Mount(String subPath, String path, boolean readOnly) {}

    AppMounts {
        mounts = List.copyOf(mounts);
    }

    /**
     * @param slug full slug
     * @param homeassistantAlways Core's configuration is mounted at {@code /homeassistant} even if it is not asked for
     */
    static AppMounts of(String slug, AppManifest manifest, boolean homeassistantAlways) {
        Map<FolderType, AppManifest.Folder> folders = effective(manifest.folders());
        List<Mount> mounts = new ArrayList<>();
        AppManifest.Folder data = folders.get(FolderType.DATA);
        mounts.add(new Mount(Folders.appData(slug), data == null ? DATA : clean(data.place()), false));
        for (AppManifest.Folder folder : folders.values()) {
            if (folder.type() != FolderType.DATA) {
                mounts.add(new Mount(subPath(folder.type(), slug), clean(folder.place()), folder.readOnly()));
            }
        }
        if (homeassistantAlways
                && mounts.stream().noneMatch(mount -> mount.path().equals(HOME_ASSISTANT))) {
            boolean writable = mounts.stream()
                    .anyMatch(mount -> mount.subPath().equals(Folders.HOME_ASSISTANT) && !mount.readOnly());
            mounts.add(new Mount(Folders.HOME_ASSISTANT, HOME_ASSISTANT, !writable));
        }
        return new AppMounts(mounts);
    }

    /** What the API server would refuse. */
    List<Suitability.Reason> refusals(boolean tmpfs) {
        List<Suitability.Reason> reasons = new ArrayList<>();
        Set<String> taken = new HashSet<>(tmpfs ? Set.of(SHM, TMP) : Set.of(SHM));
        for (Mount mount : mounts) {
            String path = mount.path();
            if (!path.startsWith("/") || path.equals("/") || path.contains("..") || path.contains(":")) {
                reasons.add(new Suitability.Reason(
                        "map", path, "mount path \"" + path + "\" is not an absolute plain path"));
            } else if (!taken.add(path)) {
                reasons.add(new Suitability.Reason("map", path, "mount path used twice: " + path));
            }
        }
        return reasons;
    }

    /** Drops what an older or newer spelling of the same folder puts out of force. */
    private static Map<FolderType, AppManifest.Folder> effective(Map<FolderType, AppManifest.Folder> written) {
        Map<FolderType, AppManifest.Folder> folders = new EnumMap<>(FolderType.class);
        folders.putAll(written);
        if (folders.containsKey(FolderType.CONFIG)) {
            folders.remove(FolderType.APP_CONFIG);
            folders.remove(FolderType.ADDON_CONFIG);
            folders.remove(FolderType.HOMEASSISTANT_CONFIG);
        }
        prefer(folders, FolderType.APP_CONFIG, FolderType.ADDON_CONFIG);
        prefer(folders, FolderType.ALL_APP_CONFIGS, FolderType.ALL_ADDON_CONFIGS);
        prefer(folders, FolderType.LOCAL_APPS, FolderType.ADDONS);
        return folders;
    }

    private static void prefer(Map<FolderType, AppManifest.Folder> folders, FolderType newer, FolderType older) {
        if (folders.containsKey(newer)) {
            folders.remove(older);
        }
    }

    private static String subPath(FolderType type, String slug) {
        return switch (type) {
            case DATA -> Folders.appData(slug);
            case HOMEASSISTANT_CONFIG, CONFIG -> Folders.HOME_ASSISTANT;
            case APP_CONFIG, ADDON_CONFIG -> Folders.appConfig(slug);
            case ALL_APP_CONFIGS, ALL_ADDON_CONFIGS -> Folders.APP_CONFIGS;
            case LOCAL_APPS, ADDONS -> Folders.LOCAL_APPS;
            case SSL -> Folders.SSL;
            case SHARE -> Folders.SHARE;
            case MEDIA -> Folders.MEDIA;
            case BACKUP -> Folders.BACKUP;
        };
    }

    private static String clean(String path) {
        String single = path.replaceAll("/(\\./|/)+", "/").replaceAll("/\\.$", "/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }
}
