package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The scripts, without running them; Debian's shellcheck is installed when it is missing. */
class ScriptsNodeIT {
    @BeforeAll
    static void installShellcheck() throws IOException {
        String common = Program.script("lib/common.sh");
        Program.words(Map.of(), List.of("bash", "-c", ". " + common + " && need shellcheck"));
    }

    @Test
    void shellcheckFindsNothing() throws IOException {
        List<String> command = new ArrayList<>(List.of("shellcheck"));
        command.addAll(scripts());
        assertTrue(
                command.containsAll(
                        List.of(".ci/run", "k8s/local/run", "k8s/local/lib/common.sh", "src/test/tools/debian-python")),
                command + "");

        assertEquals("", Program.words(Map.of(), command));
    }

    private static List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>();
        for (String folder : List.of(".ci", "k8s/local", "src/test/tools")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (isScript(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                        scripts.add(file.toString());
                    }
                }
            }
        }
        return scripts;
    }

    private static boolean isScript(String text) {
        return text.startsWith("#!/usr/bin/env bash")
                || text.startsWith("#!/bin/sh")
                || text.startsWith("# shellcheck")
                || text.contains("\n# shellcheck shell=");
    }
}
