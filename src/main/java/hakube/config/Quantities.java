package hakube.config;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.custom.QuantityFormatException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kubernetes' quantities, such as {@code 50Gi} or {@code 250m}, as the API server reads them. */
public final class Quantities {

    /** Source: the API's documentation of Quantity; nothing of this world needs more digits. */
    private static final Pattern FORM = Pattern.compile(
            "[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?");

    private Quantities() {}

    /** The number behind it, empty for what is no quantity. */
    public static Optional<BigDecimal> number(String text) {
        // The client's reader takes more than the API server does, and fails in its own ways at the rest.
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Quantity.fromString(text).getNumber());
        } catch (QuantityFormatException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
