#!/usr/bin/env bash
# usage: capture.sh SCENARIO OUTDIR
#   SCENARIO: uki-direct, uki-direct-other-cmdline, uki-direct-extra-boot-entry, uki-secureboot, sdboot-uki,
#             systemd-userland, boot-order-before, boot-order-after, tpm12-legacy, two-boots
#   OUTDIR:   a new folder, as those of ../boots; of two-boots, the second boot, and the first in OUTDIR-first
# CAPTURE_ROOT: a root made by make-root.sh, to be used again (default: a new one, removed at the end).
# KEEP_IMAGES: a folder to copy the booted PE images to. TIME_LIMIT: seconds for a boot (default 400).
set -euo pipefail

usage() { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 1; }
die() { echo "capture.sh: $*" >&2; exit 1; }
say() { echo "[$(date +%T)] $*"; }

[ $# -eq 2 ] || usage
scenario=$1
out=$2
case $scenario in
uki-direct | uki-direct-other-cmdline | uki-direct-extra-boot-entry | uki-secureboot | sdboot-uki | \
    systemd-userland | boot-order-before | boot-order-after | tpm12-legacy | two-boots) ;;
*) usage ;;
esac
[ ! -e "$out" ] && [ ! -e "$out-first" ] || die "$out is there already"
[ "$(id -u)" = 0 ] || die "needs root, for mmdebstrap and chroot"
for tool in qemu-system-x86_64 swtpm swtpm_setup mformat mcopy sfdisk mke2fs cpio zstd openssl mmdebstrap python3; do
    command -v $tool > /dev/null || die "$tool is missing, see README.md"
done
here=$(cd "$(dirname "$0")" && pwd)
firmware=/usr/share/OVMF
ROOT_UUID=6f0d7c9e-5f3a-4d5e-9a56-27a0a4c3b001
ESP_GUID=6f0d7c9e-5f3a-4d5e-9a56-27a0a4c3b002
DISK_GUID=6f0d7c9e-5f3a-4d5e-9a56-27a0a4c3b003
OWNER_GUID=6f0d7c9e-5f3a-4d5e-9a56-27a0a4c3b004

temporary=$(mktemp -d "${TMPDIR:-/tmp}/capture.XXXXXX")
work=
pids=()
cleanup() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
    umount_all
    rm -rf --one-file-system "$temporary" ${work:+"$work"}
}
mounted=()
umount_all() {
    local folder
    for folder in "${mounted[@]}"; do umount "$folder" || true; done
    mounted=()
}
trap cleanup EXIT
trap 'exit 130' INT TERM

root=${CAPTURE_ROOT:-$temporary/root}
if [ ! -e "$root" ]; then
    say "making a Debian 13 root"
    "$here/make-root.sh" "$root" > "$temporary/make-root.log" 2>&1 \
        || { tail -20 "$temporary/make-root.log" >&2; die "make-root.sh failed"; }
fi
root=$(realpath "$root")
work=$(mktemp -d "$root/tmp/capture.XXXXXX")
inside=${work#"$root"}
in_root() { chroot "$root" "$@"; }
kernel=$(basename "$(ls -d "$root"/lib/modules/*cloud*)")

make_guest_disk() {
    local guest=$temporary/guest
    mkdir "$guest"
    tar -C "$root" --one-file-system --exclude='./tmp/*' --exclude='./var/cache/*' --exclude='./var/lib/apt/*' \
        --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' \
        --exclude='./boot/initrd*' --exclude='./proc/*' --exclude='./sys/*' --exclude='./dev/*' -cf - . | tar -C "$guest" -xf -
    install -m 755 "$here/guest-capture" "$guest/usr/local/lib/guest-capture"
    install -m 644 "$here/guest-capture.service" "$guest/etc/systemd/system/"
    mkdir -p "$guest/etc/systemd/system/multi-user.target.wants"
    ln -s ../guest-capture.service "$guest/etc/systemd/system/multi-user.target.wants/guest-capture.service"
    echo "UUID=$ROOT_UUID / ext4 defaults,x-systemd.pcrfs 0 1" > "$guest/etc/fstab"
    echo 0123456789abcdef0123456789abcdef > "$guest/etc/machine-id"
    echo capture > "$guest/etc/hostname"
    truncate -s 800M "$temporary/root.img"
    mke2fs -q -t ext4 -d "$guest" -U "$ROOT_UUID" "$temporary/root.img"
    rm -rf "$guest"
}

make_initrd() {
    mkdir -p "$work/initrd/bin"
    cp "$root/usr/bin/busybox" "$work/initrd/bin/busybox"
    install -m 755 "$here/guest-init" "$work/initrd/init"
    find "$work/initrd" -exec touch -h -d @0 {} +
    (cd "$work/initrd" && find . | LC_ALL=C sort | cpio --quiet --reproducible -R 0:0 -H newc -o) | zstd -q -19 > "$work/initrd.img"
}

make_dracut_initrd() {
    local folder
    for folder in proc sys dev; do
        mount --bind /$folder "$root/$folder"
        mounted+=("$root/$folder")
    done
    in_root dracut --quiet --no-hostonly --reproducible --zstd --kver "$kernel" --add-drivers efivarfs \
        --modules "base systemd systemd-initrd systemd-pcrphase tpm2-tss rootfs-block fs-lib udev-rules dracut-systemd shutdown \
systemd-udevd systemd-journald systemd-tmpfiles systemd-sysusers systemd-modules-load systemd-sysctl" \
        "$inside/initrd.img" > "$temporary/dracut.log" 2>&1 || { tail -20 "$temporary/dracut.log" >&2; die "dracut failed"; }
    umount_all
}

build_uki() {
    local name=$1 cmdline=$2
    shift 2
    in_root ukify build --linux="/boot/vmlinuz-$kernel" --initrd="$inside/initrd.img" --cmdline="$cmdline" \
        --os-release=@/etc/os-release --uname="$kernel" --output="$inside/$name" "$@" > "$temporary/ukify.log" 2>&1 \
        || { cat "$temporary/ukify.log" >&2; die "ukify failed"; }
}

esp=$temporary/esp.img
make_esp() {
    truncate -s 96M "$esp"
    sfdisk --quiet "$esp" << PARTITIONS
label: gpt
label-id: $DISK_GUID
start=2048, type=uefi, uuid=$ESP_GUID, name=ESP
PARTITIONS
    mformat -i "$esp@@1M" -T $((94 * 2048)) -F -N 12345678 -v ESP ::
    mmd -i "$esp@@1M" ::/EFI ::/EFI/BOOT ::/EFI/Linux ::/loader
}
put() { mcopy -i "$esp@@1M" "$1" "::/$2"; }

vars=$temporary/vars.fd
set_vars() {
    cp "$vars" "$work/vars.in"
    in_root virt-fw-vars --input "$inside/vars.in" --output "$inside/vars.out" "$@" > "$temporary/vars.log" 2>&1 \
        || { cat "$temporary/vars.log" >&2; die "virt-fw-vars failed"; }
    cp "$work/vars.out" "$vars"
}

swap_boot_order() {
    set_vars --output-json "$inside/vars.json"
    python3 - "$work/vars.json" << 'PYTHON'
import json, sys
variables = json.load(open(sys.argv[1]))
[order] = [v for v in variables["variables"] if v["name"] == "BootOrder"]
order["data"] = order["data"][4:8] + order["data"][0:4] + order["data"][8:]
json.dump(variables, open(sys.argv[1], "w"))
PYTHON
    set_vars --set-json "$inside/vars.json"
}

enroll_keys() {
    local name
    for name in PK KEK db; do
        openssl req -newkey rsa:2048 -nodes -keyout "$work/$name.key" -x509 -out "$work/$name.pem" -days 36500 \
            -subj "/CN=capture $name" 2> /dev/null
    done
    set_vars --set-pk $OWNER_GUID "$inside/PK.pem" --add-kek $OWNER_GUID "$inside/KEK.pem" \
        --add-db $OWNER_GUID "$inside/db.pem" --secure-boot
}

start_swtpm() {
    swtpm socket "${tpm_version[@]}" --tpmstate "dir=$temporary/tpm" --ctrl "type=unixio,path=$temporary/tpm.sock" --terminate &
    pids+=($!)
    local i
    for i in $(seq 50); do
        if [ -S "$temporary/tpm.sock" ]; then return; fi
        sleep 0.1
    done
    die "swtpm does not listen"
}

# 0: captured, 1: worth another try, 2: hopeless
boot() {
    local console=$temporary/console.log deadline qemu code=0
    : > "$console"
    rm -f "$temporary/out.raw"
    truncate -s 32M "$temporary/out.raw"
    start_swtpm
    timeout --kill-after=5 $((time_limit + 30)) qemu-system-x86_64 -machine q35,smm=on -accel tcg,thread=multi -cpu max -smp 1 -m 1024 \
        -nic none -display none -no-reboot -serial "file:$console" "${machine[@]}" \
        -drive "if=pflash,unit=0,format=raw,readonly=on,file=$code_fd" -drive "if=pflash,unit=1,format=raw,file=$vars" \
        -chardev "socket,id=chrtpm,path=$temporary/tpm.sock" -tpmdev emulator,id=tpm0,chardev=chrtpm -device "$tpm_device,tpmdev=tpm0" \
        -drive "if=none,id=esp,format=raw,snapshot=on,file=$esp" -device "nvme,drive=esp,serial=ESP$esp_bootindex" \
        -drive "if=none,id=root,format=raw,snapshot=on,file=$temporary/root.img" -device nvme,drive=root,serial=ROOT \
        -drive "if=none,id=out,format=raw,file=$temporary/out.raw" -device nvme,drive=out,serial=OUT &
    qemu=$!
    pids+=("$qemu")
    deadline=$((SECONDS + time_limit))
    while kill -0 "$qemu" 2> /dev/null; do
        if grep -aqE 'Kernel panic|Oops:' "$console"; then code=1; break; fi
        if grep -aqE 'Interactive Shell|CAPTURE FAILED' "$console"; then code=2; break; fi
        if [ $SECONDS -ge $deadline ]; then code=1; say "no end after $time_limit s"; break; fi
        sleep 0.5
    done
    if [ $code != 0 ]; then kill "$qemu" 2> /dev/null || true; fi
    wait "$qemu" || code=$((code == 0 ? 1 : code))
    wait "${pids[-2]}" || true
    pids=()
    rm -f "$temporary/tpm.sock"
    if [ $code = 0 ] && ! grep -aq 'CAPTURE DONE' "$console"; then code=1; fi
    if [ $code != 0 ]; then tail -c 1500 "$console" | tr -cd '[:print:]\n' >&2; fi
    return $code
}

boot_with_retries() {
    local try code
    cp "$vars" "$temporary/vars.before"
    rm -rf "$temporary/tpm.before"
    cp -r "$temporary/tpm" "$temporary/tpm.before"
    for try in 1 2 3; do
        say "boot, try $try"
        code=0
        boot || code=$?
        case $code in
        0) return ;;
        2) die "the guest did not come to its end" ;;
        esac
        cp "$temporary/vars.before" "$vars"
        rm -rf "$temporary/tpm"
        cp -r "$temporary/tpm.before" "$temporary/tpm"
    done
    die "three boots failed"
}

CMDLINE="console=ttyS0 panic=-1"
tpm_version=(--tpm2)
tpm_device=tpm-crb
machine=()
code_fd=$firmware/OVMF_CODE_4M.fd
esp_bootindex=,bootindex=0
time_limit=${TIME_LIMIT:-400}
boots=1
cp $firmware/OVMF_VARS_4M.fd "$vars"
say "scenario $scenario, kernel $kernel"
make_guest_disk
make_esp

case $scenario in
systemd-userland)
    time_limit=$((2 * time_limit))
    make_dracut_initrd
    build_uki systemd.efi "root=UUID=$ROOT_UUID rw console=ttyS0 panic=-1"
    uki=systemd.efi
    ;;
uki-direct-other-cmdline)
    make_initrd
    build_uki simple.efi "$CMDLINE debug"
    uki=simple.efi
    ;;
uki-secureboot)
    make_initrd
    enroll_keys
    build_uki simple.signed.efi "$CMDLINE" --secureboot-private-key="$inside/db.key" --secureboot-certificate="$inside/db.pem"
    uki=simple.signed.efi
    code_fd=$firmware/OVMF_CODE_4M.secboot.fd
    machine=(-global driver=cfi.pflash01,property=secure,value=on -global ICH9-LPC.disable_s3=1)
    ;;
*)
    make_initrd
    build_uki simple.efi "$CMDLINE"
    uki=simple.efi
    ;;
esac

images=("$work/$uki")
case $scenario in
sdboot-uki | systemd-userland)
    cp "$root/usr/lib/systemd/boot/efi/systemd-bootx64.efi" "$work/"
    images=("$work/systemd-bootx64.efi" "${images[@]}")
    echo "timeout 0" > "$work/loader.conf"
    put "$work/systemd-bootx64.efi" EFI/BOOT/BOOTX64.EFI
    put "$work/$uki" "EFI/Linux/$uki"
    put "$work/loader.conf" loader/loader.conf
    ;;
boot-order-*)
    put "$work/$uki" EFI/Linux/a.efi
    put "$work/$uki" EFI/Linux/b.efi
    esp_bootindex=
    set_vars --append-boot-filepath '\EFI\Linux\a.efi' --append-boot-filepath '\EFI\Linux\b.efi'
    if [ "$scenario" = boot-order-after ]; then swap_boot_order; fi
    ;;
*) put "$work/$uki" EFI/BOOT/BOOTX64.EFI ;;
esac
case $scenario in
uki-direct-extra-boot-entry) set_vars --append-boot-filepath '\EFI\other\other.efi' ;;
two-boots) boots=2 ;;
tpm12-legacy)
    tpm_version=()
    tpm_device=tpm-tis
    ;;
esac

mkdir "$temporary/tpm"
if [ "$scenario" = tpm12-legacy ]; then setup=(); else setup=(--tpm2 --pcr-banks "sha1,sha256,sha384,sha512"); fi
swtpm_setup "${setup[@]}" --tpmstate "$temporary/tpm" --overwrite > "$temporary/swtpm_setup.log" 2>&1 \
    || { cat "$temporary/swtpm_setup.log" >&2; die "swtpm_setup failed"; }

save() {
    local captured=$1
    mkdir "$temporary/captured"
    tar -C "$temporary/captured" -xf "$temporary/out.raw"
    rm "$temporary/captured/kernel"
    python3 "$here/describe.py" "$temporary/captured" "${images[@]}"
    mkdir -p "$(dirname "$captured")"
    cp -r "$temporary/captured" "$captured"
    rm -rf "$temporary/captured"
    say "written: $captured"
}

for number in $(seq $boots); do
    start=$SECONDS
    boot_with_retries
    say "booted and captured in $((SECONDS - start)) s"
    if [ "$number" = "$boots" ]; then save "$out"; else save "$out-first"; fi
done

if [ -n "${KEEP_IMAGES:-}" ]; then
    mkdir -p "$KEEP_IMAGES"
    for image in "${images[@]}"; do cp "$image" "$KEEP_IMAGES/$scenario.$(basename "$image")"; done
fi
