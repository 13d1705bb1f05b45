# shellcheck shell=bash disable=SC2034  # k8s/local/images reads the names
# The base of the Supervisor's image: a Java run-time cut down to what the jar can use, glibc and root certificates.
TAGS=(localhost/hakube/java:25)
CONFIG='{"Entrypoint":["/opt/java/bin/java"],"Env":["PATH=/opt/java/bin","LANG=C.UTF-8","JAVA_HOME=/opt/java"]}'

# Reflection and service loaders hide what is used, so this is generous; the desktop module brings java.beans.
MODULES=java.se,java.smartcardio,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr
MODULES+=,jdk.localedata,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs

inputs() { cat "$(jdk25)/release"; }

fill() {
  local home sys root=$1
  home=$(jdk25)
  sys=$(sysroot)
  skeleton "$root"
  copy_loader "$root" >/dev/null
  libraries_of_java "$root" "$sys"
  mkdir -p "$root/etc/ssl/certs" "$root/opt"
  cat "$sys"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
  "$home/bin/jlink" --add-modules "$MODULES" --strip-debug --no-header-files --no-man-pages --include-locales=en \
    --output "$root/opt/java"
  # The archive of the run-time's own classes, for the collector and the headers that the image uses.
  "$root/opt/java/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xshare:dump >/dev/null
}

libraries_of_java() {
  local name file
  for name in libc.so.6 libdl.so.2 libm.so.6 libpthread.so.0 librt.so.1 libresolv.so.2 libnss_dns.so.2 libnss_files.so.2 \
    libgcc_s.so.1 libz.so.1; do
    for file in "$2"/usr/lib/*-linux-gnu/"$name"; do
      if [ -e "$file" ]; then copy "$2" "$1" "${file#"$2"}"; fi
    done
  done
}
