# What there is to know before a download: $evk_dest, $evk_sum (a program of sums, or empty), evk_needs_curl, evk_asks
# (1: whether what is there is what would come), evk_conditional (1: unless the server says that it is as old). The functions
# evk_config and evk_list_config print what curl is to do. Lines: what is there; the tool; its sums by $evk_sum and SHA-256;
# the status and the SHA-256 of what would come, and why it does not; then the list of sums.
if [ -d "$evk_dest" ]; then echo folder; elif [ -f "$evk_dest" ]; then echo file; elif [ -e "$evk_dest" ]; then echo other; else echo absent; fi
evk_tool=none
if command -v curl >/dev/null; then evk_tool=curl
elif [ -z "$evk_needs_curl" ] && command -v wget >/dev/null; then evk_tool=wget; fi
echo "$evk_tool"
evk_sum_of() { evk_x=$("$1" <"$evk_dest" 2>/dev/null); echo "${evk_x%% *}"; }
if [ -f "$evk_dest" ] && [ -n "$evk_sum" ]; then evk_sum_of "$evk_sum"; else echo; fi
if [ -f "$evk_dest" ]; then evk_sum_of sha256sum; else echo; fi
evk_said=
if [ -n "$evk_asks" ] && [ -f "$evk_dest" ]; then
  if [ "$evk_tool" = curl ]; then
    set --
    [ -z "$evk_conditional" ] || set -- -z "$evk_dest"
    evk_said=$({ evk_config | curl -K - "$@" -w '%{stderr}status %{http_code}
' | sha256sum; } 2>&1)
  elif [ "$evk_tool" = wget ]; then
    evk_said=$({ if wget -q -T "$evk_timeout" -U "$evk_agent" -O - -- "$evk_url"; then echo 'status 200' >&2; else echo "wget ended with $?" >&2; fi | sha256sum; } 2>&1)
  fi
fi
printf '%s\n' "$evk_said" | tr '\n' '\t'; echo
if [ -n "$evk_list_url" ]; then
  if [ "$evk_tool" = curl ]; then evk_list_config | curl -K - 2>&1 | head -c 1048576
  elif [ "$evk_tool" = wget ]; then wget -q -T "$evk_timeout" -U "$evk_agent" -O - -- "$evk_list_url" 2>&1 | head -c 1048576; fi
fi
:
