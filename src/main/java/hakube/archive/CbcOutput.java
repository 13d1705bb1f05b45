package hakube.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/** Encrypts with AES in CBC; {@link #close} fills up the last block (PKCS #7) and closes what is behind it. */
final class CbcOutput extends OutputStream {

    private final OutputStream target;
    private final Cipher cipher;
    private byte[] made = new byte[0];
    private long size;

    CbcOutput(OutputStream target, CbcKey key) {
        this.target = target;
        this.cipher = key.cipher(Cipher.ENCRYPT_MODE);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        size += length;
        encrypt(bytes, from, length);
    }

    private void encrypt(byte[] bytes, int from, int length) throws IOException {
        if (made.length < length + CbcKey.BLOCK) {
            made = new byte[length + CbcKey.BLOCK];
        }
        try {
            target.write(made, 0, cipher.update(bytes, from, length, made));
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        byte[] padding = new byte[CbcKey.BLOCK - (int) (size % CbcKey.BLOCK)];
        Arrays.fill(padding, (byte) padding.length);
        encrypt(padding, 0, padding.length);
        target.close();
    }
}
