import type { FaultHost, HostFault } from "./host-fault.ts";
import { hostFault, script } from "./host-fault.ts";

/** Holds the lock that apt and dpkg take first, as unattended-upgrades does, so that theirs must wait or fail. */
export async function holdAptLock(host: FaultHost): Promise<HostFault> {
  const { stdout } = await host.run(script('exec perl -we "$1"', holder));
  const pid = stdout.trim();
  return hostFault(() => host.run(script(release, pid)));
}

// apt's lock is fcntl's, not flock's, which the two do not see of each other. The x![q] are struct flock's gaps.
const holder = String.raw`
use strict;
use Fcntl;
use POSIX ();
pipe(my $told, my $tell) or die "pipe: $!";
my $pid = fork() // die "fork: $!";
if ($pid) {
  close $tell;
  my $said = <$told> // "the holder died\n";
  die "the apt lock could not be taken: $said" if $said ne "held\n";
  print "$pid\n";
  exit;
}
close $told;
POSIX::setsid();
open(STDIN, "<", "/dev/null");
open(STDOUT, ">", "/dev/null");
open(STDERR, ">", "/dev/null");
my $path = "/var/lib/dpkg/lock-frontend";
my $lock = pack("ssx![q]qqix![q]", F_WRLCK, 0, 0, 0, 0);
my $file;
if (!sysopen($file, $path, O_RDWR | O_CREAT, 0640)) { print $tell "$path: $!\n"; exit 1; }
if (!fcntl($file, F_SETLK, $lock)) { print $tell "somebody else holds it: $!\n"; exit 1; }
print $tell "held\n";
close $tell;
$0 = "evenkeel-lab-apt-lock";
sleep while 1;
`;

// By name and number: after a boot the number may be another's.
const release = `
grep -q evenkeel-lab-apt-lock "/proc/$1/cmdline" 2>/dev/null || exit 0
kill -KILL "$1"
while [ -e "/proc/$1" ] && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; do sleep 0.05; done
`;
