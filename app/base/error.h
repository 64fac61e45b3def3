#pragma once

#include <QString>

namespace kboss {

// What went wrong, as callers branch on it. Words for people are made in ui/errortext.cpp alone.
enum class ErrorKind {
    Cancelled, // somebody asked for it; always silent
    Offline,   // no route, refused, name not found, or the profile is set to work offline
    Timeout,   // a deadline of ours passed
    Auth,      // not signed in, or the sign-in was refused
    Forbidden, // signed in, but without the right (also: the profile is read-only)
    NotFound,
    Conflict,  // the object changed since it was read
    Rejected,  // the server understood and said no; detail carries its reason
    Protocol,  // an answer that is not what the contract says
    Tls,
    Storage,   // local disk or database
    Ssh,
    HostKey,
    Internal,
};

// A value. Owns its strings, lives on any thread, never holds a secret (URLs are redacted before they come here).
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString detail;    // technical, for Details and logs; the server's own reason where it gave one
    QString field;     // the field at fault, in the contract's spelling, or empty
    QString operation; // operationId, or empty
    QString requestId; // as in the request log, or empty
    int httpStatus = 0;

    friend bool operator==(const Error &, const Error &) = default;
};

// Stable lower-case name ("not-found"), for logs and report files; not for people.
QString errorKindName(ErrorKind kind);

} // namespace kboss
