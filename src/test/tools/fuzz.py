"""Has schemathesis fuzz a Supervisor for a limited time, and says what was sent.

    HAKUBE_TOKEN=… HAKUBE_NAMES='{"app": ["local_one"], …}' python fuzz.py DOCUMENT ADDRESS SECONDS LEFT_OUT

DOCUMENT is the OpenAPI document, LEFT_OUT a regular expression of paths; HAKUBE_NAMES tells, by the name of a place in a
path, what there is: a good request has one of these there, a bad one something else. Settings are in fuzz.toml. The same
cases come in the same order each time, and end when SECONDS are over. The last line is JSON: how many requests there
were, of how many operations, their answers by status, how many operations were answered 200, whether the time was
over, and the longest answers in seconds. Exit code 0: no fault; 1: faults, each told with the command of curl that
repeats it; 130: the time was over, faults or not.
"""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

import schemathesis
from schemathesis import cli

NAMES = json.loads(os.environ["HAKUBE_NAMES"])
INSIDE = ("\tat ", "Exception", "Traceback", "java.", "hakube.")
"""What tells of the inside of the Supervisor."""

document, address, seconds, left_out = sys.argv[1:]
end = time.monotonic() + float(seconds)
requests = Counter()
answers = Counter()
good = set()
longest = Counter()
is_over = False


def body_of(response) -> str:
    return response.content.decode(errors="replace")


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for item in raw_schema["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path" and parameter["name"] in NAMES:
                    parameter["schema"] = {"type": "string", "enum": NAMES[parameter["name"]]}


@schemathesis.hook
def before_call(context, case, kwargs):
    global is_over
    if time.monotonic() > end:
        is_over = True
        raise KeyboardInterrupt
    requests[case.operation.label] += 1


@schemathesis.hook
def after_call(context, case, response):
    answers[response.status_code] += 1
    if response.status_code == 200:
        good.add(case.operation.label)
    longest[case.operation.label] = max(longest[case.operation.label], response.elapsed)


@schemathesis.check
def nothing_of_the_inside(ctx, response, case):
    """A failure tells no name of a class and no trace; a part that is away has an error of its own."""
    if response.status_code < 400:
        return
    text = body_of(response)
    for word in INSIDE:
        if word in text:
            raise AssertionError(f"{response.status_code} tells of the inside: {text[:300]}")
    is_json = text and "json" in (response.headers.get("content-type") or [""])[0]
    if is_json and (json.loads(text).get("result") != "error" or not json.loads(text).get("message")):
        raise AssertionError(f"{response.status_code} is not the envelope: {text[:300]}")


@schemathesis.check
def no_fault_of_the_server(ctx, response, case):
    """Of 5xx only what the document names, and a 503 only of a part that is not built."""
    if response.status_code < 500:
        return
    text = body_of(response)
    if response.status_code == 503:
        if case.method == "HEAD" or "runtime_not_ready_error" in text or text.endswith("is not available yet"):
            return
    elif str(response.status_code) in case.operation.definition.raw["responses"]:
        return
    raise AssertionError(f"{response.status_code}: {text[:300]}")


arguments = [
    f"--config-file={Path(__file__).with_suffix('.toml')}",
    "--no-color",
    "run",
    document,
    f"--url={address}",
    f"--exclude-path-regex={left_out}",
]
try:
    code = cli.schemathesis(arguments, standalone_mode=False) or 0
except SystemExit as stop:
    code = stop.code
print()
print(
    json.dumps(
        {
            "requests": requests.total(),
            "operations": len(requests),
            "answers": {str(status): answers[status] for status in sorted(answers)},
            "good": len(good),
            "over": is_over,
            "longest": {label: round(took, 2) for label, took in longest.most_common(5)},
        }
    )
)
sys.exit(code)
