/**
 * Credentials of image registries, {@code /docker}: they live in one image-pull Secret and nowhere else, are set through the
 * API, and are handed to the kubelet by the pods that name the Secret. No password is ever answered or logged.
 */
package hakube.registries;
