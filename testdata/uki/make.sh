#!/usr/bin/env bash
# usage: make.sh TRIXIE_ROOT
# Builds the images of this folder and asks other tools for their digests (expected.json). TRIXIE_ROOT: a Debian 13 root
# with systemd-ukify, python3-pefile and sbsigntool (../capture/make-root.sh makes one). Here: pesign, osslsigncode, openssl.
set -euo pipefail
root=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "$root/tmp/uki.XXXXXX")
trap 'rm -rf "$work"' EXIT
inside=/tmp/$(basename "$work")
in_root() { chroot "$root" "$@"; }
cd "$work"
cp "$here/tiny-pe.py" "$here/measure.py" .

pe() { in_root python3 "$inside/tiny-pe.py" "$inside/$1" "${@:2}"; }
pe stub.efi ".text=stub" $'.sbat=sbat,1,SBAT Version,sbat,1,https://github.com/rhboot/shim/blob/main/SBAT.md\n'
pe bare-stub.efi ".text=stub"
pe kernel.efi ".text=a kernel of no use" ".data=its data" --trailing "seven.."
pe kernel-large.efi ".text=a kernel with much bss" --size-of-image 20000
echo "an initrd" > initrd
printf 'ID=debian\nVERSION_ID=13\n' > os-release
openssl req -newkey rsa:2048 -nodes -keyout key.pem -x509 -out cert.pem -days 36500 -subj "/CN=test" 2> openssl.log

uki() {
    in_root ukify build --stub="$inside/stub.efi" --efi-arch=x64 --os-release="@$inside/os-release" --uname=6.12.0 \
        --initrd="$inside/initrd" --output="$inside/$1" "${@:2}" > ukify.log
}
sign() { in_root sbsign --key "$inside/key.pem" --cert "$inside/cert.pem" --output "$inside/$2" "$inside/$1" 2> sbsign.log; }
uki plain.efi --linux="$inside/kernel.efi" --cmdline="console=ttyS0 quiet"
sign plain.efi signed.efi
sign signed.efi signed-twice.efi
{ cat plain.efi; printf 'odd'; } > odd.efi
sign odd.efi odd-signed.efi
for n in 0 1; do
    in_root ukify build --stub="$inside/bare-stub.efi" --efi-arch=x64 --sbat= --profile="ID=profile$n" --cmdline="profile $n" --output="$inside/profile$n.efi" \
        > ukify.log
done
uki profiles.efi --linux="$inside/kernel.efi" --cmdline="base" --join-profile="$inside/profile0.efi" \
    --join-profile="$inside/profile1.efi"
pe zero-filled.efi ".text=stub" ".osrel=ID=debian" ".linux=placeholder"
in_root python3 "$inside/measure.py" fill "$inside/zero-filled.efi" "$inside/kernel-large.efi"
pe pe32.efi --pe32 ".text=thirty-two bits" --trailing "12345678"

images="plain signed signed-twice odd odd-signed profiles zero-filled kernel pe32"
for image in $images; do
    pesign --hash -i "$image.efi" -d sha256 > "$image.pesign" 2>&1 || echo "pesign: $image: $(cat "$image.pesign")" >&2
    osslsigncode verify -in "$image.efi" > "$image.osslsigncode" 2>&1 || true
done
# shellcheck disable=SC2086
in_root python3 "$inside/measure.py" expect "$inside" $images > "$here/expected.json"
for image in $images; do cp "$image.efi" "$here/$image.efi"; done
