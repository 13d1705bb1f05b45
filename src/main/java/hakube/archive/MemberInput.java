package hakube.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The content of a member of the outer tar. */
final class MemberInput extends InputStream {

    private final OuterTar tar;
    private long at;
    private final long end;

    MemberInput(OuterTar tar, TarMember member) {
        this.tar = tar;
        at = member.offset();
        end = member.offset() + member.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (at == end) {
            return -1;
        }
        int part = (int) Math.min(length, end - at);
        int read = tar.read(ByteBuffer.wrap(target, from, part), at);
        if (read < 0) {
            throw new EOFException("it became shorter while it was read");
        }
        at += read;
        return read;
    }
}
