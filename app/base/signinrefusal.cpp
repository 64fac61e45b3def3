#include "app/base/signinrefusal.h"

#include <algorithm>
#include <iterator>

namespace kboss::SignInRefusal {

using namespace Qt::StringLiterals;

std::optional<QString> fromWords(const QString &said)
{
    // pam_unix and pam_faillock, sshd where a password has to be changed, nologin.
    static const struct {
        const char *words;
        const QString &fault;
    } known[] = {
        {"account has expired", Expired},
        {"account is locked", Locked},
        {"account has been locked", Locked},
        {"account locked due to", Locked},
        {"account temporarily locked due to", Locked},
        {"account has been disabled", Locked},
        {"password has expired", OldPassword},
        {"change your password immediately", OldPassword},
        {"password change required", OldPassword},
        {"account is currently not available", NoShell},
        {"account is not available", NoShell},
    };
    const auto found = std::find_if(std::begin(known), std::end(known),
                                    [&said](const auto &one) { return said.contains(QLatin1String(one.words), Qt::CaseInsensitive); });
    return found == std::end(known) ? std::optional<QString>() : found->fault;
}

QString wayOn(const QString &fault)
{
    if (fault == Expired)
        return u"The account has expired. Whoever administers the host gives it another end: chage -E DATE USER"_s;
    if (fault == Locked)
        return u"The account is locked. Wait where the host says how long, or whoever administers it unlocks it: usermod -U USER, faillock --user USER --reset"_s;
    if (fault == OldPassword)
        return u"The password has expired. Sign in once at a terminal (ssh USER@HOST) and choose another, then give that one here"_s;
    if (fault == NoShell)
        return u"The account signs in, but its shell runs no programs (nologin). Take another user, or give it one: usermod -s /bin/bash USER"_s;
    if (fault == Password)
        return u"The host answers a wrong password, a locked account and a user that it lets nobody in as alike. If the password is right, whoever "
               u"administers the "
               u"host sees which it is (passwd -S USER; AllowUsers and DenyUsers of sshd; journalctl -u ssh), or sign in with a key"_s;
    if (fault == Key)
        return u"The key is not among the account's (~/.ssh/authorized_keys), or sshd lets nobody in as this user (AllowUsers, DenyUsers, a locked account)"_s;
    return {};
}

} // namespace kboss::SignInRefusal
