"""Walks the whole tree of a media server through GUPnP and its own DIDL-Lite parser.

gupnp-walk.py INTERFACE: prints one JSON object a line: {"event": ...}, {"container": ...}, {"item": ...}
and at the end {"done": true}. Warnings of the libraries are on standard error, as GLib writes them.
"""

import json
import sys

import gi

gi.require_version("GUPnP", "1.6")
gi.require_version("GUPnPAV", "1.0")
from gi.repository import GLib, GUPnP, GUPnPAV  # noqa: E402

CONTENT_DIRECTORY = "urn:schemas-upnp-org:service:ContentDirectory:1"
PAGE = 3  # small, so that paging is walked too
MOST = 20_000

(interface,) = sys.argv[1:2]
loop = GLib.MainLoop()
seen = set()
objects = 0


def say(**facts):
    print(json.dumps(facts), flush=True)


def call(proxy, action, arguments, results):
    request = GUPnP.ServiceProxyAction.new_from_list(action, list(arguments), list(arguments.values()))
    proxy.call_action(request, None)
    _, values = request.get_result_list(list(results), list(results.values()))
    return dict(zip(results, values))


def browse(proxy, container, start):
    return call(
        proxy,
        "Browse",
        {
            "ObjectID": container,
            "BrowseFlag": "BrowseDirectChildren",
            "Filter": "*",
            "StartingIndex": start,
            "RequestedCount": PAGE,
            "SortCriteria": "",
        },
        {"Result": str, "NumberReturned": int, "TotalMatches": int, "UpdateID": int},
    )


def parse(didl, container):
    """@return ids of the containers in it"""
    children = []
    parser = GUPnPAV.DIDLLiteParser()

    def on_container(_, found):
        children.append(found.get_id())
        say(
            container=found.get_id(),
            parent=found.get_parent_id(),
            under=container,
            title=found.get_title(),
            upnpClass=found.get_upnp_class(),
            childCount=found.get_child_count(),
        )

    def on_item(_, found):
        resources = [
            {
                "protocolInfo": res.get_protocol_info().to_string(),
                "uri": res.get_uri(),
                "size": res.get_size64(),
                "duration": res.get_duration(),
            }
            for res in found.get_resources()
        ]
        say(
            item=found.get_id(),
            parent=found.get_parent_id(),
            under=container,
            title=found.get_title(),
            upnpClass=found.get_upnp_class(),
            art=found.get_album_art(),
            resources=resources,
        )

    parser.connect("container-available", on_container)
    parser.connect("item-available", on_item)
    parser.parse_didl(didl)
    return children


def walk(proxy, container):
    global objects
    if container in seen:
        return
    seen.add(container)
    start, total, children = 0, 1, []
    while start < total and objects < MOST:
        page = browse(proxy, container, start)
        if page["NumberReturned"] == 0:
            break
        children += parse(page["Result"], container)
        start += page["NumberReturned"]
        total = page["TotalMatches"]
        objects += page["NumberReturned"]
    say(walked=container, returned=start, total=total if start else 0)
    for child in children:
        walk(proxy, child)


def on_event(_proxy, variable, value):
    say(event=variable, value=str(value))


def on_server(_point, proxy):
    info = call(proxy, "GetSystemUpdateID", {}, {"Id": int})
    say(server=proxy.get_udn(), location=proxy.get_location(), systemUpdateId=info["Id"])
    proxy.add_notify("SystemUpdateID", str, on_event)
    proxy.add_notify("ContainerUpdateIDs", str, on_event)
    proxy.set_subscribed(True)
    try:
        walk(proxy, "0")
        say(done=True)
    except GLib.Error as error:
        say(error=error.message)
        loop.quit()
    GLib.timeout_add_seconds(3, loop.quit)


context = GUPnP.Context(interface=interface, port=0)
context.init(None)
point = GUPnP.ControlPoint.new(context, CONTENT_DIRECTORY)
point.connect("service-proxy-available", on_server)
point.set_active(True)
GLib.timeout_add_seconds(120, loop.quit)
loop.run()
