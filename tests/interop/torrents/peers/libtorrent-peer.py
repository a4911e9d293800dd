"""libtorrent (Rasterbar) with one torrent: fetches what is missing below the folder, and gives what is there."""
import sys, time
import libtorrent

torrent, folder, port, encryption = sys.argv[1:5]
settings = {
    "listen_interfaces": f"0.0.0.0:{port}",
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "allow_multiple_connections_per_ip": True,
}
if encryption == "forced":
    forced = int(libtorrent.enc_policy.forced)
    settings |= {"out_enc_policy": forced, "in_enc_policy": forced}
session = libtorrent.session(settings)
session.add_torrent({"ti": libtorrent.torrent_info(torrent), "save_path": folder})
while True:
    time.sleep(1)
