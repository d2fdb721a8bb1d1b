"""Python's ssl module as a client or a server: tells of each connection in one line of JSON.

A server prints first of all the port it listens on. It sends back what it receives, as long as the client
goes on. A client sends one line and expects it back.
"""

import argparse
import json
import socket
import ssl

TIMEOUT_SECONDS = 20
LINE = b"hello from Python\n"
VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
MODES = {"none": ssl.CERT_NONE, "optional": ssl.CERT_OPTIONAL, "required": ssl.CERT_REQUIRED}


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=["client", "server"])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cert", help="PEM file with this end's chain, and its key unless --key names that")
    parser.add_argument("--key")
    parser.add_argument("--ca", help="PEM file with the authorities that are trusted")
    parser.add_argument("--verify", choices=MODES, default="none")
    parser.add_argument("--server-name", help="sent as SNI, and compared with the certificate if that is verified")
    parser.add_argument("--minimum-version", choices=VERSIONS)
    parser.add_argument("--maximum-version", choices=VERSIONS)
    parser.add_argument("--ciphers")
    parser.add_argument("--alpn", help="names with commas between them")
    parser.add_argument("--keylog", help="file that the secrets are appended to")
    parser.add_argument("--no-extended-master-secret", action="store_true")
    parser.add_argument("--messages", help="file for the protocol messages: direction, content type, type and bytes a line")
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="a client's later connections give the first one's session")
    return parser.parse_args()


def context_for(options):
    server = options.role == "server"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
    if not server:
        context.check_hostname = options.verify == "required" and options.server_name is not None
    context.verify_mode = MODES[options.verify]
    if options.cert:
        context.load_cert_chain(options.cert, options.key)
    if options.ca:
        context.load_verify_locations(options.ca)
    if options.minimum_version:
        context.minimum_version = VERSIONS[options.minimum_version]
    if options.maximum_version:
        context.maximum_version = VERSIONS[options.maximum_version]
    if options.ciphers:
        context.set_ciphers(options.ciphers)
    if options.alpn:
        context.set_alpn_protocols(options.alpn.split(","))
    if options.no_extended_master_secret:
        context.options |= 1  # SSL_OP_NO_EXTENDED_MASTER_SECRET of OpenSSL 3, which has no name in Python
    if options.keylog:
        context.keylog_filename = options.keylog
    if options.messages:
        context._msg_callback = writer_of_messages(options.messages)
    return context


def writer_of_messages(path):
    def write(_connection, direction, _version, content_type, message_type, data):
        with open(path, "a") as file:
            print(direction, int(content_type), int(message_type or 0), data.hex(), file=file)

    return write


def facts_of(tls):
    unique = tls.get_channel_binding("tls-unique")
    peer = tls.getpeercert()
    return {
        "version": tls.version(),
        "cipher": tls.cipher()[0],
        "session_reused": tls.session_reused,
        "alpn": tls.selected_alpn_protocol(),
        "tls_unique": unique.hex() if unique else None,
        "shared_ciphers": [name for name, _, _ in tls.shared_ciphers() or []],
        "peer_subject": [list(pair) for rdn in peer.get("subject", ()) for pair in rdn] if peer else None,
    }


def reason_of(error):
    """OpenSSL's mnemonic where there is one, else the name of the exception."""
    return getattr(error, "reason", None) or type(error).__name__


def serve(context, plain):
    facts = {}
    try:
        with context.wrap_socket(plain, server_side=True) as tls:
            facts = facts_of(tls)
            facts["echoed"] = False
            for data in iter(lambda: tls.recv(16384), b""):
                tls.sendall(data)
                facts["echoed"] = True
            tls.unwrap()
    except OSError as error:
        facts["error"] = reason_of(error)
    return facts


def talk(context, options, session):
    facts = {}
    try:
        plain = socket.create_connection(("127.0.0.1", options.port), TIMEOUT_SECONDS)
        with context.wrap_socket(plain, server_hostname=options.server_name, session=session) as tls:
            facts = facts_of(tls)
            tls.sendall(LINE)
            answer = b""
            while len(answer) < len(LINE):
                data = tls.recv(len(LINE) - len(answer))
                if not data:
                    break
                answer += data
            facts["echoed"] = answer == LINE
            # In TLS 1.3 it is there only now: tickets come with the first data.
            session = tls.session
            tls.unwrap()
    except OSError as error:
        facts["error"] = reason_of(error)
    return facts, session


def tell(facts):
    print(json.dumps(facts), flush=True)


def main():
    options = arguments()
    context = context_for(options)
    if options.role == "server":
        with socket.create_server(("127.0.0.1", options.port)) as listener:
            listener.settimeout(TIMEOUT_SECONDS)
            tell({"port": listener.getsockname()[1]})
            for _ in range(options.connections):
                plain, _ = listener.accept()
                plain.settimeout(TIMEOUT_SECONDS)
                tell(serve(context, plain))
    else:
        session = None
        for _ in range(options.connections):
            facts, latest = talk(context, options, session)
            tell(facts)
            if options.resume:
                session = session or latest


main()
