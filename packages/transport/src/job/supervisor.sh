# The supervisor of one job: leader of a session of its own, so that no lost connection touches it. It writes who it is
# before it starts the command, and how the command ended after it. The command comes by environment, since arguments
# are for everybody to see.
d=$1; c=$EVENKEEL_RUN; unset EVENKEEL_RUN
read -r s <"/proc/$$/stat"; set -- ${s##*) }; shift 19
printf '%s %s\n' "$$" "$1" >"$d/pid"
(eval "$c") >>"$d/out" 2>>"$d/err"
printf '%s\n' "$?" >"$d/rc"
