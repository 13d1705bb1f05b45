package hakube.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import hakube.api.ApiFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

    private static final ApiRequest LOG = ApiRequest.get("get", "pods/log", "/any");

    /** An app may read its own log, and need not learn the addresses of nodes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Get \"https://10.0.0.7:10250/containerLogs/home/pod/app?follow=true\": dial tcp 10.0.0.7:10250: connect: connection refused"
                        + "|connect: connection refused",
                "Get \"https://node-1:10250/containerLogs/home/pod/app\": dial tcp: lookup node-1: no such host"
                        + "|lookup node-1: no such host",
                "failed calling webhook \"a.b\": failed to call webhook: Post \"https://hook.x.svc:443/v?timeout=10s\": EOF"
                        + "|failed calling webhook \"a.b\": failed to call webhook: EOF",
                "etcdserver: request timed out|etcdserver: request timed out"
            })
    void aFailureSaysWhatButNotAtWhichAddress(String words, String told) {
        JsonObject status = new JsonObject();
        status.addProperty("message", words);
        ApiFailure failure =
                assertThrows(ApiFailure.Unavailable.class, () -> new Answer(LOG, 500, status.toString()).orFail());
        assertEquals("The cluster cannot do it at present: " + told, failure.getMessage());
    }
}
