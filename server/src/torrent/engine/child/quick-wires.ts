import type { Torrent, Wire } from 'webtorrent';

/*
 * Where WebTorrent spends time on every block of a download that it need not (measured with `--cpu-prof`): half of what
 * came is copied again, texts of a log that is off are made, and slower peers are looked for where there is but one.
 */

/** To be done once for each peer, as soon as it is one. */
export function quickenWire(wire: Pick<Wire, '_debug' | '_write' | '_parserSize' | '_bufferSize'>): void {
  wire._debug = () => undefined;
  const write = wire._write.bind(wire);
  // All that came is joined with the message that is not whole yet: that is given its end first, the rest lies as it came.
  wire._write = (bytes, done) => {
    const missing = wire._parserSize - wire._bufferSize;
    if (wire._bufferSize === 0 || missing <= 0 || missing >= bytes.length) return write(bytes, done);
    write(bytes.subarray(0, missing), () => undefined);
    write(bytes.subarray(missing), done);
  };
}

/** To be done once for each torrent, before it has peers. */
export function quickenTorrent(torrent: Torrent): void {
  torrent._debug = () => undefined;
  const hotswap = torrent._hotswap.bind(torrent);
  torrent._hotswap = (wire, piece) => torrent.wires.length > 1 && hotswap(wire, piece);
  updateOnceATurn(torrent);
}

/** WebTorrent looks through all selections for all peers at every block; once for all that came together is enough. */
function updateOnceATurn(torrent: Torrent): void {
  const update = torrent._update.bind(torrent);
  let isDue = false;
  torrent._update = () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      update();
    });
  };
}
