package hakube.archive;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a member goes, below the folder into which it is unpacked.
 *
 * @param segments names, none of which is empty, {@code .} or {@code ..}
 */
record MemberPath(List<RawName> segments) {

    /** Of a name, in octets; no system of files knows such a long one. */
    static final int LONGEST = 16 * 1024;

    MemberPath {
        segments = List.copyOf(segments);
    }

    /** @throws DamagedArchive it would lead out of the folder, or is no name of a file */
    static MemberPath of(RawName name) throws DamagedArchive {
        List<RawName> segments = new ArrayList<>();
        if (name.octets().indexOf('\0') >= 0) {
            throw new DamagedArchive("there is a zero in its name");
        }
        if (name.octets().length() > LONGEST) {
            throw new DamagedArchive("its name has " + name.octets().length() + " octets");
        }
        for (String segment : name.octets().split("/")) {
            if (segment.equals("..")) {
                throw new DamagedArchive("its name leads out of the folder");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(new RawName(segment));
            }
        }
        return new MemberPath(segments);
    }

    boolean isRoot() {
        return segments.isEmpty();
    }

    /** Of one that is not the root. */
    RawName last() {
        return segments.getLast();
    }

    List<RawName> parents() {
        return segments.subList(0, segments.size() - 1);
    }
}
