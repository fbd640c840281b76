#!/usr/bin/env bash
# usage: make-root.sh ROOT
# Makes a Debian 13 root in the new folder ROOT: the kernel, systemd and tools of the guest. Needs root and mmdebstrap.
set -euo pipefail
root=${1:?usage: make-root.sh ROOT}
packages=systemd,systemd-sysv,systemd-boot,systemd-boot-efi,systemd-ukify,udev,dbus,tpm2-tools
packages+=,libtss2-tcti-device0t64,libtss2-esys-3.0.2-0t64,libtss2-rc0t64,libtss2-mu-4.0.1-0t64
packages+=,linux-image-cloud-amd64,dracut,kmod,python3-virt-firmware,python3-pefile,python3-cryptography,sbsigntool
packages+=,e2fsprogs,zstd,cpio,busybox-static
mmdebstrap --mode=root --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' --include="$packages" \
    trixie "$root" "${MIRROR:-http://deb.debian.org/debian}"
