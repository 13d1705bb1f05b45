package hakube.auth;

/** What a user typed. Never to be logged. */
public record Credentials(String username, String password) {

    @Override
    public String toString() {
        return "Credentials";
    }
}
