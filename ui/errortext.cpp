#include "ui/errortext.h"

#include "app/base/signinrefusal.h"

#include <QCoreApplication>

namespace kboss {

namespace {

struct ErrorWords {
    Q_DECLARE_TR_FUNCTIONS(kboss::ErrorText)
};

struct Words {
    const char *because, *reason, *advice;
};

Words wordsFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "cancelled"), QT_TRANSLATE_NOOP("kboss::ErrorText", "It was stopped on request."), ""};
    case ErrorKind::Offline:
        return {
            QT_TRANSLATE_NOOP("kboss::ErrorText", "the service cannot be reached"),
            QT_TRANSLATE_NOOP("kboss::ErrorText", "There is no connection to the service, or the console works offline."),
            QT_TRANSLATE_NOOP("kboss::ErrorText", "What was read before can still be looked at. Check the network and the address in the profile.")};
    case ErrorKind::Timeout:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "the service did not answer in time"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The time allowed for this passed without an answer."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Try again in a moment. After a change, look first whether it was carried out.")};
    case ErrorKind::Auth:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "you are not signed in"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The service did not accept the sign-in, or it has run out."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Sign in again with a valid name, password or token.")};
    case ErrorKind::Forbidden:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "you have no right to do this"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The signed-in person has no right to this, or the profile is read-only."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Ask an administrator for the right, or switch off read-only in the profile.")};
    case ErrorKind::NotFound:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "it is not there any more"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The service does not know this object; somebody may have deleted it."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Refresh the list.")};
    case ErrorKind::Conflict:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "it was changed by somebody else meanwhile"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The object is not as it was when you saw it. Nothing was sent."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Refresh, look at the new values, and make your change again.")};
    case ErrorKind::Rejected:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "the service said no"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The service understood the request and refused it."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Correct what the reason names and try again.")};
    case ErrorKind::Protocol:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "the answer could not be understood"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The answer is not what the contract with this service says."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Check that the address belongs to this service. Details hold what came.")};
    case ErrorKind::Tls:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "the connection is not secure"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The server's certificate could not be verified, or the address is plain HTTP."),
                QT_TRANSLATE_NOOP("kboss::ErrorText",
                                  "Nothing was sent. If the server has a certificate of your own authority, name that file in the profile.")};
    case ErrorKind::Storage:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "a local file or database failed"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "This computer could not read or write its own data."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Check free space and rights of the data folder.")};
    case ErrorKind::Ssh:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "the SSH connection failed"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The host could not be reached or worked with over SSH."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Check the host's address, port and sign-in.")};
    case ErrorKind::HostKey:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "the host's key is not the known one"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "The host showed another key than the one that was trusted."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Stop here and find out why: another machine may be answering.")};
    case ErrorKind::Internal:
        return {QT_TRANSLATE_NOOP("kboss::ErrorText", "the console made a mistake"),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Something happened that the program did not expect."),
                QT_TRANSLATE_NOOP("kboss::ErrorText", "Please report it with the details.")};
    }
    return {"", "", ""};
}

// A host said no to a sign-in over SSH; nothing = it was somebody else.
std::optional<Words> wordsForSignIn(const QString &fault)
{
    const char *because = QT_TRANSLATE_NOOP("kboss::ErrorText", "the host does not let this user in");
    if (fault == SignInRefusal::Password)
        return Words{
            because,
            QT_TRANSLATE_NOOP("kboss::ErrorText", "The password is wrong, or the account is locked or kept out: the host answers all of them alike."),
            QT_TRANSLATE_NOOP(
                "kboss::ErrorText",
                "Give the password again. If it is right, whoever administers the host sees which it is (passwd -S, AllowUsers, DenyUsers), "
                "or sign in with a key.")};
    if (fault == SignInRefusal::Key)
        return Words{
            because, QT_TRANSLATE_NOOP("kboss::ErrorText", "The host does not take this key for this user."),
            QT_TRANSLATE_NOOP("kboss::ErrorText", "Put its public part into ~/.ssh/authorized_keys of the user, or choose another way to sign in.")};
    if (fault == SignInRefusal::Expired)
        return Words{because, QT_TRANSLATE_NOOP("kboss::ErrorText", "The account on the host has expired."),
                     QT_TRANSLATE_NOOP("kboss::ErrorText", "Whoever administers the host gives it another end (chage -E), or take another user.")};
    if (fault == SignInRefusal::Locked)
        return Words{because, QT_TRANSLATE_NOOP("kboss::ErrorText", "The account on the host is locked."),
                     QT_TRANSLATE_NOOP("kboss::ErrorText",
                                       "Wait until the lock is over, or whoever administers the host unlocks it (usermod -U, faillock --reset).")};
    if (fault == SignInRefusal::OldPassword)
        return Words{because, QT_TRANSLATE_NOOP("kboss::ErrorText", "The password of the account on the host has expired."),
                     QT_TRANSLATE_NOOP("kboss::ErrorText", "Sign in once at a terminal and choose another, then give that one here.")};
    if (fault == SignInRefusal::NoShell)
        return Words{because, QT_TRANSLATE_NOOP("kboss::ErrorText", "The account signs in, but it may not run programs (nologin)."),
                     QT_TRANSLATE_NOOP("kboss::ErrorText", "Take another user, or give it a shell (usermod -s).")};
    return std::nullopt;
}

// The server's own words, or the fault of a field of ours, say more than the kind does.
bool detailIsReason(ErrorKind kind)
{
    return kind == ErrorKind::Rejected || kind == ErrorKind::Conflict || kind == ErrorKind::Forbidden || kind == ErrorKind::NotFound;
}

} // namespace

ErrorText errorText(const Error &error, const QString &what)
{
    const auto signIn = error.kind == ErrorKind::Auth ? wordsForSignIn(error.field) : std::nullopt;
    const Words words = signIn.value_or(wordsFor(error.kind));
    ErrorText text;
    text.headline = what.isEmpty() ? ErrorWords::tr("Not done: %1").arg(ErrorWords::tr(words.because))
                                   : ErrorWords::tr("%1 failed: %2").arg(what, ErrorWords::tr(words.because));
    text.reason = ErrorWords::tr(words.reason);
    if (detailIsReason(error.kind) && !error.detail.isEmpty())
        text.reason = error.detail;
    if (!error.field.isEmpty() && !signIn)
        text.reason = ErrorWords::tr("%1 (field %2)").arg(text.reason, error.field);
    if (*words.advice)
        text.advice = ErrorWords::tr(words.advice);
    return text;
}

} // namespace kboss
