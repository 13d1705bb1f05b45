/**
 * What can be installed: the repositories on the claim and the manifests in them.
 *
 * <p>A manifest is read by a mistrustful hand: size, depth and aliases are limited, no YAML tag is obeyed, and one broken
 * file costs its own app only. Rules, migrations and messages follow upstream ({@code supervisor/addons/validate.py} and
 * {@code supervisor/store}, 2026-08). What is installed is no concern of this room.
 */
package hakube.store;
