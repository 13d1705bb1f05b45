package hakube.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteStatusTest {

    private static final ApiRequest EXEC = ApiRequest.get("get", "pods/exec", "/any");

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{", "[]", "{}", "\"status\"", "{\"status\":\"Success\"", "no JSON"})
    void whatIsNoStatusIsNone(String text) {
        assertTrue(RemoteStatus.of(text).isEmpty());
    }

    @Test
    void successIsExitCodeZero() {
        assertEquals(0, exitCode("{'metadata':{},'status':'Success'}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 137, 255})
    void exitCodeIsAmongTheCauses(int code) {
        assertEquals(
                code,
                exitCode("{'status':'Failure','reason':'NonZeroExitCode','details':{'causes':["
                        + "{'reason':'Other','message':'3'},{'reason':'ExitCode','message':'" + code + "'}]}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",'details':null",
                ",'details':{}",
                ",'details':{'causes':null}",
                ",'details':{'causes':[7,{'reason':'ExitCode'}]}",
                ",'details':{'causes':[{'reason':'ExitCode','message':'many'}]}",
                ",'details':{'causes':[{'reason':'ExitCode','message':'99999999999'}]}"
            })
    void exitCodeThatIsNotToldIsAFault(String details) {
        ApiFailure failure = assertThrows(
                ApiFailure.Unavailable.class,
                () -> exitCode("{'status':'Failure','reason':'NonZeroExitCode','message':'words'" + details + "}"));
        assertEquals("The cluster told no exit code: words", failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "500, NotFound, unable to upgrade connection: container not found (addon)",
        "500, BadRequest, error executing command in container: no such program",
        "500, Unavailable, error dialing backend: connection refused",
        "404, NotFound, pod does not exist",
        "400, BadRequest, bad",
        "200, Unavailable, odd",
        "none, Unavailable, without a code"
    })
    void failureIsOneOfThePort(String code, String kind, String message) {
        ApiFailure failure = assertThrows(
                ApiFailure.class,
                () -> exitCode("{'status':'Failure','code':'" + code + "','message':'" + message + "'}"));

        assertEquals(kind, failure.getClass().getSimpleName());
        assertTrue(failure.getMessage().contains(message), failure.getMessage());
    }

    private static int exitCode(String status) {
        return RemoteStatus.of(status.replace('\'', '"')).orElseThrow().exitCode(EXEC);
    }
}
