// `whynow demo`: the whole product on one machine, without any account. The daemon runs as it would anywhere; Slack,
// Teams, the mail server and the news are played on loopback.
#pragma once

namespace whynow::demo {

struct demo_options {
    int port = 8080;   // of the daemon, on 127.0.0.1; 0 takes a free one
    bool open = false; // ask the desktop to open the page
};

// Makes a temporary folder (configuration, database), serves until SIGINT or SIGTERM, takes the folder away again.
// Exit code: 0 ended well, 1 with a line on stderr.
int run(const demo_options& options);

} // namespace whynow::demo
