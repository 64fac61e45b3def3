#include "app/standalone/handler.h"
#include "app/standalone/jsontext.h"

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr auto cookieRules = "; Path=/; HttpOnly; SameSite=Strict";

Outcome<Answer> signInByCode(const CheckedRequest &, Backend &backend)
{
    if (!backend.credentials.required())
        return refuse(u"本机服务不支持扫码登录;本服务未设置用户,无需登录"_s);
    return refuse(u"本机服务不支持扫码登录,请使用用户名和密码登录"_s);
}

Outcome<Answer> signInByPassword(const CheckedRequest &request, Backend &backend)
{
    if (!backend.credentials.hasUsers())
        return refuse(backend.credentials.required() ? u"本服务只接受令牌,未设置用户"_s : u"本服务未设置用户,无需登录"_s);
    const QString user = QString::fromStdString(request.body.at("user").get<std::string>());
    const auto token = backend.credentials.signIn(user, QString::fromStdString(request.body.at("password").get<std::string>()));
    if (!token)
        return refuse(u"用户名或密码不正确"_s);
    std::string data;
    JsonObject object(data);
    object.text("userid", user);
    object.text("username", user);
    object.null("orgid");
    object.text("token", token->toStdString());
    object.close();
    Answer answer = kbossAnswer("登录成功", data);
    answer.headers.emplace_back("Set-Cookie", "kboss_session=" + token->toStdString() + cookieRules);
    return answer;
}

Outcome<Answer> signOut(const CheckedRequest &request, Backend &backend)
{
    if (!request.token.isEmpty())
        backend.credentials.signOut(request.token);
    Answer answer;
    answer.body = R"({"status":true,"msg":"已退出"})";
    answer.headers.emplace_back("Set-Cookie", std::string("kboss_session=; Max-Age=0") + cookieRules);
    return answer;
}

} // namespace

void addSessionHandlers(HandlerTable &table)
{
    table.insert(u"loginUser"_s, signInByCode);
    table.insert(u"loginUserPassword"_s, signInByPassword);
    table.insert(u"logoutUser"_s, signOut);
}

} // namespace kboss::standalone
