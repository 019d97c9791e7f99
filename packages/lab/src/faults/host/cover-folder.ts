import type { FaultHost, HostFault } from "./host-fault.ts";
import { hostFault, script } from "./host-fault.ts";

/**
 * Lays a small tmpfs over a folder of the host, with the folder's contents, and runs `fill` in it. Undoing removes what `fill`
 * made and brings everything else that was written meanwhile back into the folder, as when space is freed on a real disk.
 */
export async function coverFolder(host: FaultHost, cover: Cover): Promise<HostFault> {
  const { path, size = "", spareInodes = "", fill, leave } = cover;
  const { stdout } = await host.enter(script(coverScript, path, size, String(spareInodes), fill, String(leave)));
  const work = stdout.trim();
  return hostFault(() => host.enter(script(uncoverScript, path, work)));
}

/** Where `fill` may put what takes the room. */
export const FILLER = ".evenkeel-lab-filler";

export interface Cover {
  path: string;
  /** Of the tmpfs, as it reads sizes. */
  size?: string;
  /** How many inodes it has beyond those of the contents. */
  spareInodes?: number;
  /** A script that runs in the folder; $1 is `leave`. */
  fill: string;
  leave: number;
}

// The folder below stays reachable through a bind mount; a private one, or the tmpfs would appear in it, too.
const coverScript = `
path=$1 size=$2 spare=$3 fill=$4 leave=$5
case $path in /*) ;; *) echo "$path is not an absolute path" >&2; exit 2 ;; esac
[ "$path" != / ] || { echo "/ cannot be covered; name a folder in it" >&2; exit 2; }
[ -d "$path" ] || { echo "there is no folder $path" >&2; exit 2; }
work=$(mktemp -d /run/evenkeel-fault.XXXXXX)
mkdir "$work/below" "$work/cover"
mount --bind "$path" "$work/below"
mount --make-private "$work/below"
give_up() {
  cd /
  umount -l "$work/cover" 2>/dev/null || true
  umount -l "$work/below"
  rmdir "$work/below" "$work/cover" "$work"
  echo "$1" >&2
  exit 1
}
entries=$(find "$work/below" | wc -l)
options=$(stat -c 'mode=%a,uid=%u,gid=%g' "$path")
[ -z "$size" ] || options=size=$size,$options
[ -z "$spare" ] || options=nr_inodes=$((entries + spare)),$options
mount -t tmpfs -o "$options" evenkeel-fault "$work/cover" || give_up "tmpfs could not be mounted over $path"
cp -a "$work/below/." "$work/cover/" || give_up "what is in $path does not fit: $(du -sk "$work/below" | cut -f1) KiB in $entries entries, but the fault was asked for $options"
cd "$work/cover"
sh -euc "$fill" fill "$leave" || give_up "$path could not be filled"
cd /
# At once, and with all that is in it: whoever uses the folder does not find it empty for a moment.
mount --bind "$work/cover" "$path" || give_up "tmpfs could not be mounted over $path"
umount "$work/cover"
rmdir "$work/cover"
echo "$work"
`;

// Only what differs is copied, over what is there: programs that held a file open before the fault still hold the right one.
// After a boot there is nothing to undo: the mounts and all that was in the tmpfs are gone, as with a disk that broke.
const uncoverScript = `
path=$1 work=$2
grep -q " $work/below " /proc/self/mounts || exit 0
cd "$work/below"
rm -rf "$path/${FILLER}"
find . -mindepth 1 -depth -exec sh -euc '
  path=$1; shift
  for entry; do [ -e "$path/$entry" ] || [ -L "$path/$entry" ] || rm -rf "$entry"; done
' remove "$path" {} +
cd "$path"
find . -mindepth 1 -exec sh -euc '
  below=$1; shift
  kind() { stat -c %F "$1" 2>/dev/null || true; }
  look() { stat -c "%F %a %u %g %s %y" "$1" 2>/dev/null || true; }
  for entry; do
    there=$below/$entry
    [ "$(look "$entry")" != "$(look "$there")" ] || continue
    if [ -d "$entry" ] && [ ! -L "$entry" ]; then
      [ -d "$there" ] || { rm -rf "$there"; mkdir "$there"; }
      chown "$(stat -c %u:%g "$entry")" "$there"
      chmod "$(stat -c %a "$entry")" "$there"
    else
      case "$(kind "$entry")" in regular*file) ;; *) rm -rf "$there" ;; esac
      [ ! -d "$there" ] || rm -rf "$there"
      cp -a "$entry" "$there"
    fi
  done
' restore "$work/below" {} +
cd /
umount -l "$path"
umount -l "$work/below"
rmdir "$work/below" "$work"
`;
