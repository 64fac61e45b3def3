#include "app/services/installsignins.h"

#include "app/base/watchresult.h"

#include <nlohmann/json.hpp>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostJumps = 8;

QString secretText(const HostSignIn &signIn)
{
    nlohmann::json object = nlohmann::json::object();
    const auto add = [&object](const char *name, const QString &value) {
        if (!value.isEmpty())
            object[name] = value.toStdString();
    };
    add("password", signIn.password);
    add("passphrase", signIn.passphrase);
    add("sudo", signIn.sudoPassword);
    return QString::fromStdString(object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

HostSignIn readSecret(const QString &text)
{
    const auto object = nlohmann::json::parse(text.toStdString(), nullptr, false);
    const auto member = [&object](const char *name) {
        const auto found = object.is_object() ? object.find(name) : object.end();
        return object.is_object() && found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
    };
    HostSignIn signIn;
    signIn.password = member("password");
    signIn.passphrase = member("passphrase");
    signIn.sudoPassword = member("sudo");
    return signIn;
}

bool hasSecret(const HostSignIn &signIn)
{
    return !signIn.password.isEmpty() || !signIn.passphrase.isEmpty() || !signIn.sudoPassword.isEmpty();
}

} // namespace

InstallSignIns::InstallSignIns(SecretStore *secrets, QString prefix, QObject *parent)
    : QObject(parent), m_secrets(secrets), m_prefix(std::move(prefix)), m_keychainThere(secrets != nullptr)
{
}

QString InstallSignIns::keyOf(const InstallPlace &place) const
{
    return m_prefix + u"/ssh/"_s + place.user + u'@' + place.address.text();
}

void InstallSignIns::setPlaces(const std::vector<InstallPlace> &places)
{
    const std::vector<InstallPlace> before = std::exchange(m_places, places);
    for (const InstallPlace &place : m_places) {
        const InstallPlace *old = placeNamed(before, place.host);
        if (old && old->address == place.address && old->user == place.user)
            continue;
        if (old) // another address is another host, and another user is somebody else: nothing of the old one goes there
            m_known.remove(place.host);
        if (m_forAll && !state(place.host).isEnough())
            setOne(place, *m_forAll, m_forAllKept, true);
        else
            ask(place);
    }
}

void InstallSignIns::ask(const InstallPlace &place)
{
    if (!m_secrets || !m_keychainThere)
        return;
    Known &known = m_known[place.host];
    known.kept = HostSignInState::Secret::Asking;
    const int question = known.asked = ++m_lastQuestion;
    ++m_asking;
    watchResult(m_secrets->read(keyOf(place)), this, [this, host = place.host, question](const Result<QString> &secret) {
        --m_asking;
        const auto now = m_known.find(host);
        if (now == m_known.end() || now->asked != question || now->kept != HostSignInState::Secret::Asking)
            return; // a person was faster
        now->kept = HostSignInState::Secret::None;
        if (secret) {
            now->signIn = readSecret(*secret);
            now->kept = hasSecret(now->signIn) ? HostSignInState::Secret::InKeychain : HostSignInState::Secret::None;
        } else if (secret.error().kind != ErrorKind::NotFound) {
            now->error = secret.error().detail;
            keychainSaid(secret.error());
        }
        Q_EMIT changed(host);
    });
}

void InstallSignIns::keychainSaid(const Error &error)
{
    if (error.kind != ErrorKind::Storage && error.kind != ErrorKind::Timeout)
        return;
    m_keychainThere = false; // no failure of anything: from now on it is asked for each time, as the page of sign-ins says
}

HostSignInState InstallSignIns::state(const QString &host) const
{
    HostSignInState state;
    const InstallRecord::SignInWay way = m_ways.value(host);
    const Known known = m_known.value(host);
    state.keyFile = way.keyFile;
    state.agent = way.agent;
    state.hasPassword = !known.signIn.password.isEmpty();
    state.hasPassphrase = !known.signIn.passphrase.isEmpty();
    state.hasSudoPassword = !known.signIn.sudoPassword.isEmpty();
    state.kept = known.kept;
    state.keptError = known.error;
    return state;
}

void InstallSignIns::set(const QString &host, const HostSignIn &signIn, bool remember)
{
    if (!host.isEmpty()) {
        if (const InstallPlace *place = placeNamed(m_places, host))
            setOne(*place, signIn, remember, false);
        return;
    }
    m_forAll = signIn;
    m_forAllKept = remember;
    for (const InstallPlace &place : std::vector<InstallPlace>(m_places)) {
        if (!state(place.host).isEnough() || m_known.value(place.host).isForAll)
            setOne(place, signIn, remember, true);
    }
}

void InstallSignIns::setOne(const InstallPlace &place, const HostSignIn &signIn, bool remember, bool isForAll)
{
    Known &known = m_known[place.host];
    known.isForAll = isForAll;
    known.signIn = signIn;
    known.asked = ++m_lastQuestion;
    known.kept = hasSecret(signIn) ? HostSignInState::Secret::InMemory : HostSignInState::Secret::None;
    m_ways.insert(place.host, {signIn.keyFile, signIn.agent});
    if (remember && m_secrets && m_keychainThere && hasSecret(signIn)) {
        const int question = known.asked;
        watchResult(m_secrets->write(keyOf(place), secretText(signIn)), this, [this, host = place.host, question](const Result<void> &written) {
            const auto now = m_known.find(host);
            if (now == m_known.end() || now->asked != question)
                return;
            if (written) {
                now->kept = HostSignInState::Secret::InKeychain;
            } else {
                now->error = written.error().detail;
                keychainSaid(written.error());
            }
            Q_EMIT changed(host);
        });
    }
    Q_EMIT waysChanged();
    Q_EMIT changed(place.host);
}

void InstallSignIns::forget(const QString &host)
{
    const InstallPlace *place = placeNamed(m_places, host);
    if (!place)
        return;
    m_known.remove(host);
    m_ways.remove(host);
    if (m_secrets && m_keychainThere) {
        watchResult(m_secrets->remove(keyOf(*place)), this, [this](const Result<void> &removed) {
            if (!removed && removed.error().kind != ErrorKind::NotFound)
                Q_EMIT failed(removed.error());
        });
    }
    Q_EMIT waysChanged();
    Q_EMIT changed(host);
}

QStringList InstallSignIns::without() const
{
    QStringList hosts;
    for (const InstallPlace &place : m_places) {
        if (!state(place.host).isEnough())
            hosts << place.host;
    }
    return hosts;
}

SshTarget InstallSignIns::target(const QString &host) const
{
    const auto found = targetThrough(host, 0);
    return found ? *found : SshTarget();
}

std::shared_ptr<const SshTarget> InstallSignIns::targetThrough(const QString &host, int depth) const
{
    const InstallPlace *place = placeNamed(m_places, host);
    if (!place || depth > mostJumps)
        return nullptr;
    const InstallRecord::SignInWay way = m_ways.value(host);
    const HostSignIn known = m_known.value(host).signIn;
    auto target = std::make_shared<SshTarget>();
    target->address = place->address;
    target->credential.user = place->user;
    target->credential.password = known.password.toUtf8();
    target->credential.keyFile = way.keyFile;
    target->credential.passphrase = known.passphrase.toUtf8();
    target->credential.agent = way.agent;
    target->credential.sudoPassword = known.sudoPassword.toUtf8();
    if (m_asker)
        target->credential.answer = [asker = m_asker, host, address = target->text()](const SshQuestion &question, const CancelToken &token) {
            return asker(host, address, question, token);
        };
    if (!place->jump.isEmpty())
        target->jump = targetThrough(place->jump, depth + 1);
    return target;
}

QStringList InstallSignIns::secrets() const
{
    QStringList all;
    for (const Known &known : m_known)
        all << known.signIn.password << known.signIn.passphrase << known.signIn.sudoPassword;
    all.removeAll(QString());
    all.removeDuplicates();
    return all;
}

} // namespace kboss
