use strict; use warnings;
# A small web server that needs nothing but a blank Debian. It takes systemd's socket, and a process for each connection;
# told to end, it takes no more and waits for those that it has.
$| = 1;
my $release = $ENV{RELEASE};
open(my $listen, "+<&=", 3) or die "no socket: $!";
my ($ending, $running) = (0, 0);
$SIG{TERM} = sub { $ending = 1 };
$SIG{CHLD} = sub { };
print "release $release listens\n";
until ($ending) {
  my $is_new = accept(my $line, $listen);
  while (waitpid(-1, 1) > 0) { $running-- }
  next unless $is_new;
  my $pid = fork // die "no process: $!";
  if ($pid) { $running++; close $line; next }
  $SIG{TERM} = "DEFAULT";
  close $listen;
  serve($line);
  exit 0;
}
close $listen;
while (waitpid(-1, 0) > 0) { }

sub serve {
  my ($line) = @_;
  my ($head, $piece) = ("");
  until ($head =~ /\r\n\r\n/) { sysread($line, $piece, 65536) or return; $head .= $piece }
  ($head, my $body) = split /\r\n\r\n/, $head, 2;
  my ($method, $path) = $head =~ m{^(\S+) (\S+)};
  if ($head =~ /^Upgrade: *websocket/im) { return chat($line, $head) }
  if (my ($length) = $head =~ /^Content-Length: *(\d+)/im) {
    while (length($body) < $length) { sysread($line, $piece, 65536) or return; $body .= $piece }
  }
  if ($method eq "POST") {
    # In one write, so that many processes may write at once.
    if (open my $book, ">>", "posts/log") { syswrite $book, ($head =~ /^X-Probe-Id: *(\S+)/im ? $1 : "?") . "\n" }
  }
  sleep $1 if $path =~ /seconds=(\d+)/;
  my $answer = $path =~ m{^/large} ? "x" x (16 * 1024 * 1024) : "release $release\n";
  my $all = "HTTP/1.1 200 OK\r\nX-Release: $release\r\nContent-Length: " . length($answer) . "\r\nConnection: close\r\n\r\n$answer";
  for (my $at = 0; $at < length $all; ) { $at += syswrite($line, $all, 65536, $at) // return }
  shutdown $line, 1;
}

# Pings are answered, and nothing else is said.
sub chat {
  my ($line, $head) = @_;
  require Digest::SHA;
  my ($key) = $head =~ /^Sec-WebSocket-Key: *(\S+)/im;
  syswrite $line, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Release: $release\r\nSec-WebSocket-Accept: "
    . Digest::SHA::sha1_base64($key . "258EAFA5-E914-47DA-95CA-C5AB0DC85B11") . "=\r\n\r\n";
  my ($have, $piece) = ("");
  while (sysread $line, $piece, 4096) {
    $have .= $piece;
    while (length $have >= 6 + (ord(substr $have, 1, 1) & 127)) {
      my ($kind, $length) = (ord($have) & 15, ord(substr $have, 1, 1) & 127);
      my @mask = map { ord } split //, substr $have, 2, 4;
      my $said = substr $have, 6, $length;
      substr($said, $_, 1) = chr(ord(substr $said, $_, 1) ^ $mask[$_ % 4]) for 0 .. $length - 1;
      substr($have, 0, 6 + $length) = "";
      return if $kind == 8;
      syswrite $line, chr(0x8a) . chr($length) . $said if $kind == 9;
    }
  }
}
