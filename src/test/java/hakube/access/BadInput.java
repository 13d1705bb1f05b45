package hakube.access;

import hakube.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a route may be sent that it does not expect: first the plain cases, then whatever a random number generator makes of them. */
final class BadInput {

    private static final int MIB = 1024 * 1024;

    private static final List<String> BODIES = List.of(
            "",
            " ",
            "{",
            "}",
            "nonsense",
            "null",
            "true",
            "0",
            "-1e999",
            "\"text\"",
            "[]",
            "[{}]",
            "[[[]]]",
            "{}{}",
            "{\"zz_unknown\": 1}",
            "{\"\": null}",
            "{\"a\\u0000b\": \"\\u0000\"}",
            "{\"zz_unknown\": \"\\ud800\"}",
            "{\"zz_unknown\": NaN}",
            "{'single': 'quotes'}",
            "{\"zz_unknown\": " + "9".repeat(5000) + "}",
            "{\"zz_unknown\": \"" + "x".repeat(300_000) + "\"}",
            "{\"" + "k".repeat(100_000) + "\": 1}",
            "[".repeat(100_000),
            "{\"a\":".repeat(50_000),
            "[".repeat(900) + "]".repeat(900),
            "{\"zz_unknown\":".repeat(900) + "1" + "}".repeat(900),
            "{\"zz_unknown\": [" + "0,".repeat(300_000) + "0]}",
            "\u00ef\u00bb\u00bf{}",
            "{\"zz_unknown\": \"\u00ff\u00fe\u00c0\u00ae\"}",
            "\u00ff\u00fe{\u0000}\u0000",
            "\u0000\u0000\u0000\u0000",
            "{\"zz_unknown\": \"\u0000\"}",
            "--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nx\r\n--x--\r\n",
            "username=x&password=y",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "3.7",
            "1e400",
            "65536",
            "9223372036854775808",
            "-18446744073709551617",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"yes\"",
            "\"12\"",
            "\"../../etc/passwd\"",
            "\"/etc/passwd\"",
            "\"a\\u0000b\"",
            "\"\\ud83d\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u0007\\n\\r\\t\"",
            "\"${jndi:x}%s%n{{x}}\"",
            "\"" + "x".repeat(5000) + "\"",
            "\"2026.11.0\"",
            "\"Europe/Nowhere\"",
            "\"http://127.0.0.1:1/x\"",
            "\"default\"",
            "[]",
            "[null]",
            "[1, \"x\", {}]",
            "[\"x\", \"x\"]",
            "{}",
            "{\"x\": 1}",
            "{\"\": {\"\": null}}",
            "{\"7/tcp\": 70000}",
            "[[[[[[1]]]]]]");

    private static final List<String> NAMES = List.of(
            "self",
            "local_frost",
            "local_nobody",
            "core",
            "0",
            "-1",
            "99999999999999999999",
            "mqtt",
            "default",
            "x",
            "a.b",
            ".hidden",
            "a..b",
            "null",
            "a%20b",
            "a%3Ab",
            "a%3Bb",
            "%25",
            "%2525",
            "%C3%A9",
            "%E9",
            "%F0%9F%98%80",
            "%EF%BF%BD",
            "%00",
            "%0A",
            "%2F",
            "%22%27%3C",
            "~",
            "*",
            "@",
            "__proto__",
            "con",
            "x".repeat(300),
            "x".repeat(5000));

    private static final List<String> QUERIES = List.of(
            "",
            "?",
            "?&&==",
            "?lines=",
            "?lines=x",
            "?lines=-1",
            "?lines=0",
            "?lines=99999999999999999999",
            "?lines=1&lines=2",
            "?verbose&no_colors=x",
            "?max_depth=-1",
            "?max_depth=x",
            "?location=%00",
            "?location=.local",
            "?%FF=%C3%28",
            "?a=%0d%0aX:%20y",
            "?" + "a=b&".repeat(2000));

    private static final List<String> HEADERS = List.of(
            "Accept: */*",
            "Accept: image/png",
            "Accept: ;;;",
            "Accept: text/x-log",
            "Accept: application/json;q=x",
            "Range: entries=:-5:",
            "Range: entries=x:99999999999999999999:-1",
            "Range: bytes=9-1",
            "Range: entries=",
            "Content-Type: application/json",
            "Content-Type: application/json; charset=utf-99",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: multipart/form-data",
            "Content-Type: ;;;",
            "Content-Type: text",
            "Content-Type: a/b; c=\"",
            "Accept-Language: x;q=9;;,",
            "Accept-Charset: nothing",
            "Accept-Encoding: gzip, br;q=0",
            "Authorization: Basic ///",
            "Authorization: Basic OnBhc3M6d29yZA==",
            "Cookie: a; =b; ingress_session=\u0001; $Version=x",
            "If-Modified-Since: yesterday",
            "If-None-Match: *",
            "X-Forwarded-For: <x>, ::, 999.1.1.1",
            "Forwarded: for=\"",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13",
            "Upgrade: h2c\r\nHTTP2-Settings: AAA",
            "Expect: something",
            "X-Latin: caf\u00e9",
            "Date: x");

    private BadInput() {}

    /** @param name what a failing test shows */
    record Case(String name, RawHttp.Sending sending) {}

    /** The plain cases of a route. */
    static List<Case> plain(RouteRow row, String... token) {
        List<Case> cases = new ArrayList<>();
        String method = row.method();
        String path = path(row, "local_frost");
        for (String body : BODIES) {
            cases.add(withBody(method, path, body, token));
        }
        for (String name : NAMES) {
            if (row.template().contains("{")) {
                cases.add(withBody(method, path(row, name), "{}", token));
            }
        }
        QUERIES.forEach(query -> cases.add(withBody(method, path + query, "{}", token)));
        HEADERS.forEach(header -> cases.add(withBody(method, path, "{}", and(token, header))));
        for (RequestField field : RequestField.of(row)) {
            VALUES.forEach(value -> cases.add(withBody(method, path, "{" + entry(field.name(), value) + "}", token)));
        }
        cases.add(withBody(method, path, "{}", and(token, manyHeaders())));
        return cases;
    }

    /** 20 MiB, announced. */
    static Case large(RouteRow row, String... token) {
        String head = RawHttp.head(row.method(), path(row, "local_frost"), token) + "Content-Length: " + 20 * MIB
                + "\r\n\r\n";
        byte[] part = new byte[MIB];
        Arrays.fill(part, (byte) '[');
        return new Case("20 MiB", out -> {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int sent = 0; sent < 20; sent++) {
                out.write(part);
            }
        });
    }

    /** Something of everything. */
    static Case random(RouteRow row, Random random, String... token) {
        String path = path(row, one(NAMES, random)) + one(QUERIES, random);
        String body = random.nextInt(3) == 0 ? one(BODIES, random) : json(RequestField.of(row), random);
        String[] headers = random.nextBoolean() ? token : and(token, one(HEADERS, random));
        return withBody(row.method(), path, random.nextInt(4) == 0 ? mangled(body, random) : body, headers);
    }

    private static String json(List<RequestField> fields, Random random) {
        List<String> entries = new ArrayList<>();
        for (RequestField field : fields) {
            if (random.nextInt(fields.size()) < 2) {
                entries.add(entry(field.name(), one(VALUES, random)));
            }
        }
        if (random.nextInt(5) == 0) {
            entries.add(entry("zz_unknown", one(VALUES, random)));
        }
        return "{" + String.join(", ", entries) + "}";
    }

    private static String entry(String key, String value) {
        return "\"" + key + "\": " + value;
    }

    private static String mangled(String body, Random random) {
        StringBuilder text = new StringBuilder(body);
        for (int i = 0; i < 1 + random.nextInt(3) && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(256));
                default -> text.insert(at, (char) random.nextInt(256));
            }
        }
        return text.toString();
    }

    private static Case withBody(String method, String target, String body, String... headers) {
        String request = RawHttp.head(method, target, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        return new Case(shown(request), out -> out.write(request.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String shown(String request) {
        return request.length() > 500 ? request.substring(0, 500) + "…" : request;
    }

    private static String path(RouteRow row, String name) {
        return row.template()
                .replace("{path:.+}", "states")
                .replace("{path:.*}", "x")
                .replaceAll("\\{[^}]+}", name);
    }

    private static String[] and(String[] headers, String more) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = more;
        return all;
    }

    private static String manyHeaders() {
        return IntStream.range(0, 10_000).mapToObj(i -> "X-" + i + ": y").collect(Collectors.joining("\r\n"));
    }

    private static String one(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
