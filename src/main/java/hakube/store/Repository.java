package hakube.store;

/**
 * Where apps come from.
 *
 * @param slug {@code local}, {@code core} or eight hex digits ({@link Slugs#ofRepository(String)})
 * @param source {@code local}, or an address with an optional {@code #branch}, exactly as the user gave it
 * @param url for people; the source where the repository names none
 * @param maintainer {@code unknown} where the repository names none
 */
public record Repository(String slug, String name, String source, String url, String maintainer) {}
