#pragma once

#include <QString>
#include <optional>

namespace kboss {

// Error::field of ErrorKind::Auth where a host said no over SSH: as much as its answer tells. sshd answers a wrong password, a locked account and a user that it
// lets nobody in as (AllowUsers, DenyUsers) alike: that is Password.
namespace SignInRefusal {
inline const QString Password = QStringLiteral("ssh-password"); // wrong, or the account is locked or kept out
inline const QString Key = QStringLiteral("ssh-key"); // the key is not one of the account's, or as above
inline const QString Expired = QStringLiteral("ssh-account-expired");
inline const QString Locked = QStringLiteral("ssh-account-locked"); // the host says so itself
inline const QString OldPassword = QStringLiteral("ssh-password-expired"); // has to be changed at a terminal first
inline const QString NoShell = QStringLiteral("ssh-no-shell"); // signed in, but the account runs no programs

// The fault that a host's own words (banner, questions, what came instead of a program's output) name. Nothing = none that is known.
std::optional<QString> fromWords(const QString &said);
QString wayOn(const QString &fault); // for Error::detail: what it is, and what to do on the host
} // namespace SignInRefusal

} // namespace kboss
