# The supervisor of one job: leader of a session of its own, so that no lost connection touches it. It writes who it is
# before it starts the command, and how the command ended after it. What to run comes by environment, since arguments
# are for everybody to see.
d=$1 c=$EVENKEEL_RUN a=$EVENKEEL_AFTER; unset EVENKEEL_RUN EVENKEEL_AFTER
read -r s <"/proc/$$/stat"; set -- ${s##*) }; shift 19
printf '%s %s\n' "$$" "$1" >"$d/pid"
(eval "$c") >>"$d/out" 2>>"$d/err"
set -- "$?"
[ -z "$a" ] || { read -r u _ </proc/uptime; printf '%s\n' "${u%.*}" >"$d/after"; }
# On a full disk there is no room for a new file, but there is in the place of one that has served its turn.
printf '%s\n' "$1" >"$d/rc" || { printf '%s\n' "$1" 1<>"$d/limits" && mv -f "$d/limits" "$d/rc"; }
[ -n "$a" ] || exit
# Not of the job's kin: who ends that does not mean this.
j=$EVENKEEL_JOB; unset EVENKEEL_JOB
EVENKEEL_AFTER=$a EVENKEEL_AFTER_OF=$j setsid sh -c 'a=$EVENKEEL_AFTER; unset EVENKEEL_AFTER; eval "$a"' evenkeel-after "$1" </dev/null >>"$d/err" 2>&1
rm -f "$d/after"
