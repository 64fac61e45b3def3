#pragma once

#include <QByteArray>
#include <QString>
#include <string_view>

namespace kboss {

// Whether a member, parameter or header of this name carries a secret, whatever a contract says of it: api_pwd, adminpwd, psssword,
// password_pay, source_authpasswd, kubeconfig, clusterjoin, token, authorization, cookie … (case-insensitive, by part of the name).
bool isSecretName(std::string_view name);

// For logs and error texts: query values, user info and JSON members of such names become "••••••".
QString redactUrl(const QString &url);
QByteArray redactJson(const QByteArray &body); // text that is not JSON is cut to a length and type note, never shown

} // namespace kboss
