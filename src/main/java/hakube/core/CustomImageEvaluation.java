package hakube.core;

import hakube.resolution.Evaluation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Core from an image that a user chose (upstream
 * {@code supervisor/resolution/evaluations/home_assistant_core_custom_image.py}, 2026-08). The image of the settings is none: it is
 * how a cluster without a way out gets Core at all.
 */
@Singleton
final class CustomImageEvaluation implements Evaluation {

    private final CoreFile file;

    @Inject
    CustomImageEvaluation(CoreFile file) {
        this.file = file;
    }

    @Override
    public String reason() {
        return "home_assistant_core_custom_image";
    }

    @Override
    public Optional<String> complaint() {
        CoreOptions now = file.options();
        return now.overrideImage() ? Optional.of("Home Assistant is taken from " + now.image()) : Optional.empty();
    }
}
