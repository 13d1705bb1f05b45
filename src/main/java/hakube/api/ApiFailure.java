package hakube.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A failure that ends a request. Every room throws these; {@link FailureMapper} alone turns them into an answer.
 *
 * <p>The shape is upstream's ({@code supervisor/exceptions.py}, 2026-08): a message for people, never empty, and, where
 * clients branch on it, an {@code error_key} in lower snake case with the {@code extra_fields} that were put into the
 * message.
 */
public abstract sealed class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<String> errorKey;
    private final transient Map<String, Object> extraFields;

    private ApiFailure(String message, String errorKey, Map<String, Object> extraFields, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.errorKey = Optional.ofNullable(errorKey);
        this.extraFields = Map.copyOf(extraFields);
    }

    /** The HTTP status of the answer. */
    public abstract int status();

    /** The stable key that clients branch on. */
    public Optional<String> errorKey() {
        return errorKey;
    }

    /** The parameters of the message, empty when the kind has none. */
    public Map<String, Object> extraFields() {
        return extraFields;
    }

    /** The job that failed, whose id the answer then names. */
    public Optional<String> jobId() {
        return Optional.empty();
    }

    /** 400: the request, or the state that it meets, is not one that can be served; the message says why. */
    public static final class BadRequest extends ApiFailure {
        private static final long serialVersionUID = 1L;

        private final transient Optional<String> jobId;

        public BadRequest(String message) {
            this(message, null, Map.of());
        }

        public BadRequest(String message, String errorKey, Map<String, Object> extraFields) {
            super(message, errorKey, extraFields, null);
            this.jobId = Optional.empty();
        }

        public BadRequest(String message, Throwable cause) {
            super(message, null, Map.of(), cause);
            this.jobId = Optional.empty();
        }

        private BadRequest(String message, String jobId) {
            super(message, null, Map.of(), null);
            this.jobId = Optional.of(jobId);
        }

        /** What a request gets that waited for the end of a job: it failed, and the job says of what. */
        public static BadRequest ofJob(String message, String jobId) {
            return new BadRequest(message, jobId);
        }

        @Override
        public Optional<String> jobId() {
            return jobId;
        }

        @Override
        public int status() {
            return 400;
        }
    }

    /** 401: no token, or a handler that is reserved for another caller. */
    public static final class Unauthorized extends ApiFailure {
        private static final long serialVersionUID = 1L;

        private final transient Optional<String> challenge;

        public Unauthorized(String message) {
            super(message, null, Map.of(), null);
            this.challenge = Optional.empty();
        }

        /** @param challenge value of header {@code WWW-Authenticate} */
        public Unauthorized(String message, String errorKey, String challenge) {
            super(message, errorKey, Map.of(), null);
            this.challenge = Optional.of(challenge);
        }

        /** What the client may try instead, for header {@code WWW-Authenticate}. */
        public Optional<String> challenge() {
            return challenge;
        }

        @Override
        public int status() {
            return 401;
        }
    }

    /** 403: the caller is known and may not do this. */
    public static final class Forbidden extends ApiFailure {
        private static final long serialVersionUID = 1L;

        public Forbidden(String message) {
            super(message, null, Map.of(), null);
        }

        @Override
        public int status() {
            return 403;
        }
    }

    /** 404: the named thing does not exist. */
    public static final class NotFound extends ApiFailure {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message, null, Map.of(), null);
        }

        public NotFound(String message, String errorKey, Map<String, Object> extraFields) {
            super(message, errorKey, extraFields, null);
        }

        @Override
        public int status() {
            return 404;
        }
    }

    /** 409: it is there already. */
    public static final class Conflict extends ApiFailure {
        private static final long serialVersionUID = 1L;

        public Conflict(String message, String errorKey, Map<String, Object> extraFields) {
            super(message, errorKey, extraFields, null);
        }

        @Override
        public int status() {
            return 409;
        }
    }

    /** 410: upstream had it once and removed it. */
    public static final class Gone extends ApiFailure {
        private static final long serialVersionUID = 1L;

        public Gone(String message) {
            super(message, null, Map.of(), null);
        }

        @Override
        public int status() {
            return 410;
        }
    }

    /** 400 with key {@code runtime_not_supported_error}: a cluster cannot do this; field {@code feature} says what. */
    public static final class UnsupportedHere extends ApiFailure {
        private static final long serialVersionUID = 1L;

        public UnsupportedHere(String message, Map<String, Object> extraFields) {
            super(message, "runtime_not_supported_error", extraFields, null);
        }

        /** The uniform answer: {@code <subject> is not supported in Kubernetes runtime}. */
        public static UnsupportedHere of(String subject, String feature) {
            return new UnsupportedHere(
                    subject + " is not supported in Kubernetes runtime",
                    Map.of("feature", feature, "runtime", "kubernetes"));
        }

        @Override
        public int status() {
            return 400;
        }
    }

    /** 400 with key {@code missing_permission_error}: the ServiceAccount lacks a right that this operation needs. */
    public static final class MissingPermission extends ApiFailure {
        private static final long serialVersionUID = 1L;

        /**
         * @param verb the verb of the Role, such as {@code create}
         * @param resource the resource as a Role writes it, such as {@code pods/exec}
         */
        public MissingPermission(String verb, String resource) {
            super(
                    "The Supervisor's ServiceAccount may not " + verb + " " + resource
                            + ": add the verb to its Role (k8s/base/role.yaml has all that is needed)",
                    "missing_permission_error",
                    Map.of("verb", verb, "resource", resource),
                    null);
        }

        @Override
        public int status() {
            return 400;
        }
    }

    /** 503: the API server is away, too slow (10 s), or a part of the Supervisor is not there yet. */
    public static final class Unavailable extends ApiFailure {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, String errorKey, Throwable cause) {
            super(message, errorKey, Map.of(), cause);
        }

        /** The API server did not answer, or answered that it cannot at present. */
        public static Unavailable cluster(String what, Throwable cause) {
            return new Unavailable(what, "cluster_unavailable_error", cause);
        }

        /** The route is known, its part is not built yet. */
        public static Unavailable notReady(String what) {
            return new Unavailable(what + " is not available yet", "runtime_not_ready_error", null);
        }

        @Override
        public int status() {
            return 503;
        }
    }

    /** 500: an unknown fault of a known part. The message never names an exception. */
    public static final class Internal extends ApiFailure {
        private static final long serialVersionUID = 1L;

        public Internal(String message, String errorKey, Map<String, Object> extraFields, Throwable cause) {
            super(message, errorKey, extraFields, cause);
        }

        @Override
        public int status() {
            return 500;
        }
    }
}
