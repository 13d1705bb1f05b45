package hakube.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BiConsumer;

/** Tars that mean harm. */
final class HostileTar {

    /** What a sparse file claims to have, in octets. */
    private static final long CLAIM = 10L << 30;

    /** What is known to have harmed others. */
    enum Trick {
        ABSOLUTE_NAME(HostileTar::absoluteName, false),
        NAME_THAT_LEADS_OUT(HostileTar::nameThatLeadsOut, true),
        WRITING_THROUGH_A_LINK(HostileTar::writingThroughALink, true),
        WRITING_THROUGH_A_CHAIN(HostileTar::writingThroughAChain, true),
        LINK_IN_PLACE_OF_A_DIRECTORY(HostileTar::linkInPlaceOfADirectory, false),
        HARD_LINK_TO_THE_OUTSIDE(HostileTar::hardLinkToTheOutside, false),
        HARD_LINK_THROUGH_A_LINK(HostileTar::hardLinkThroughALink, false),
        DEVICE(HostileTar::device, false),
        TWINS(HostileTar::twins, false),
        SPARSE(HostileTar::sparse, true),
        CLAIM(HostileTar::claim, true),
        STRANGE_NAME(HostileTar::strangeName, false),
        LINK_TO_ITSELF(HostileTar::linkToItself, false),
        DIRECTORY_IN_PLACE_OF_A_LINK(HostileTar::directoryInPlaceOfALink, false),
        ROOT_IN_ANOTHER_FORM(HostileTar::rootInAnotherForm, false);

        private final BiConsumer<HostileTar, String> member;
        private final boolean isRefused;

        /** @param isRefused whether there is no way of reading it that does no harm */
        Trick(BiConsumer<HostileTar, String> member, boolean isRefused) {
            this.member = member;
            this.isRefused = isRefused;
        }

        boolean isRefused() {
            return isRefused;
        }
    }

    private final Random random;
    private final Path outside;
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /** @param outside a folder that must stay as it is; it has a file {@code secret} */
    HostileTar(long seed, Path outside) {
        this.random = new Random(seed);
        this.outside = outside;
    }

    /** Up to three tricks by chance. */
    byte[] bytes() {
        harmless("before");
        for (int i = random.nextInt(3); i >= 0; i--) {
            Trick.values()[random.nextInt(Trick.values().length)].member.accept(this, "n" + i);
            harmless("between" + i);
        }
        return ended();
    }

    /** One trick alone. */
    byte[] bytes(Trick trick) {
        harmless("before");
        trick.member.accept(this, "n");
        harmless("after");
        return ended();
    }

    private byte[] ended() {
        tar.writeBytes(new byte[TarBlocks.ending(tar.size())]);
        return tar.toByteArray();
    }

    private void harmless(String name) {
        add(name, TarEntry.DIRECTORY, "");
        add(name + "/file", TarEntry.FILE, "");
    }

    private void absoluteName(String name) {
        add(outside + "/" + name, TarEntry.FILE, "");
    }

    private void nameThatLeadsOut(String name) {
        add(pick("../", "a/../../", "./../", "between/../../", "/../") + "outside/" + name, pick('0', '5', '2'), "x");
    }

    private void writingThroughALink(String name) {
        add(name, TarEntry.SYMBOLIC_LINK, pick(outside.toString(), "../outside", "/"));
        add(name + "/" + pick("secret", "new", "../outside/new"), pick('0', '5', '2', '1'), "before/file");
    }

    private void writingThroughAChain(String name) {
        add(name + "a", TarEntry.SYMBOLIC_LINK, name + "b");
        add(name + "b", TarEntry.SYMBOLIC_LINK, pick("../outside", outside.toString()));
        add(name + "a/secret", pick('0', '5'), "");
    }

    private void linkInPlaceOfADirectory(String name) {
        add(name, TarEntry.DIRECTORY, "");
        add(name, TarEntry.SYMBOLIC_LINK, outside.toString());
        add(name + "/secret", TarEntry.FILE, "");
        add(name, TarEntry.DIRECTORY, "");
    }

    private void hardLinkToTheOutside(String name) {
        add(name, TarEntry.HARD_LINK, pick("../outside/secret", outside + "/secret", "/etc/passwd", "."));
        add(name, TarEntry.FILE, "");
    }

    private void hardLinkThroughALink(String name) {
        add(name, TarEntry.SYMBOLIC_LINK, outside.toString());
        add(name + "x", TarEntry.HARD_LINK, pick(name + "/secret", name));
        add(name + "x", TarEntry.FILE, "");
    }

    private void device(String name) {
        add(name, pick('3', '4', '6', 'Z', 'V', 'M'), "");
    }

    private void twins(String name) {
        for (int i = 0; i < 4; i++) {
            add(name, pick('0', '2', '5', '1'), pick(outside + "/secret", "before/file"));
        }
        add(name, TarEntry.FILE, "");
    }

    private void sparse(String name) {
        if (random.nextBoolean()) {
            tar.writeBytes(TarBlocks.of(Parts.entry(name, TarEntry.SPARSE, "").withSize(CLAIM)));
        } else {
            // So many octets does the record have.
            byte[] records = ("35 GNU.sparse.realsize=" + CLAIM + "\n").getBytes(StandardCharsets.UTF_8);
            Parts.member(tar, Parts.entry("x", 'x', ""), records);
            add(name, TarEntry.FILE, "");
        }
    }

    private void claim(String name) {
        tar.writeBytes(TarBlocks.of(Parts.entry(name, TarEntry.FILE, "").withSize(CLAIM)));
    }

    private void strangeName(String name) {
        add(
                pick("", "/", ".", "..", "a\0b", "x".repeat(300), "y/".repeat(3000), "\u202e" + name, "z\n"),
                pick('0', '5'),
                "");
    }

    private void linkToItself(String name) {
        add(name, pick('2', '1'), name);
        add(name + "/" + name, TarEntry.FILE, "");
    }

    private void directoryInPlaceOfALink(String name) {
        add(name, TarEntry.SYMBOLIC_LINK, "../outside");
        add(name + "/", TarEntry.DIRECTORY, "");
        add(name + "/secret", TarEntry.FILE, "");
    }

    private void rootInAnotherForm(String name) {
        add(pick(".", "./", "/"), pick('2', '1', '0', '5'), pick("../outside", name));
    }

    private void add(String name, char type, String link) {
        byte[] content = type == TarEntry.FILE ? ("content of " + name).getBytes(StandardCharsets.UTF_8) : new byte[0];
        Parts.member(tar, Parts.entry(name, type, link), content);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private char pick(char... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
