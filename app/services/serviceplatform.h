#pragma once

#include "app/base/watchresult.h"
#include "app/cluster/installstep.h"
#include "app/services/actionrunner.h"
#include "app/services/guimail.h"
#include "app/services/installvalues.h"

#include <condition_variable>

namespace kboss {

class SecretStore;

// Asks the GUI thread from another one and waits for its answer. close() on the GUI thread ends every wait with Cancelled. Internal to app/services.
class GuiDesk : public QObject {
    Q_OBJECT
public:
    explicit GuiDesk(QObject *parent = nullptr) : QObject(parent), m_mail(std::make_unique<GuiMail>()) { }

    void close() { m_mail.reset(); }

    // What other threads hold; it may live longer than the desk.
    class Line {
    public:
        // begin(context) runs on the GUI thread and gives a future; its result, or Timeout.
        template <class T> Result<T> ask(std::function<QFuture<Result<T>>(QObject *context)> begin, int mostMs = 300'000) const;

    private:
        friend class GuiDesk;
        GuiMail::Sender m_sender;
        QObject *m_context = nullptr; // only touched by what the mail runs
    };
    Line line();

private:
    std::unique_ptr<GuiMail> m_mail;
};

// One answer that somebody waits for. When all who could give it have gone it is Cancelled.
template <class T> class Awaited {
public:
    struct State {
        std::mutex mutex;
        std::condition_variable came;
        std::optional<Result<T>> answer;
    };
    class Giver { // shared by those who may answer; the last to go cancels
    public:
        explicit Giver(std::shared_ptr<State> state) : m_state(std::move(state)) { }
        ~Giver() { give(fail(ErrorKind::Cancelled, QStringLiteral("The other side ended"))); }
        Q_DISABLE_COPY_MOVE(Giver)
        void give(Result<T> answer)
        {
            const std::lock_guard lock(m_state->mutex);
            if (!m_state->answer)
                m_state->answer = std::move(answer);
            m_state->came.notify_all();
        }

    private:
        std::shared_ptr<State> m_state;
    };

    std::shared_ptr<Giver> giver() const { return std::make_shared<Giver>(m_state); }
    Result<T> wait(int ms)
    {
        std::unique_lock lock(m_state->mutex);
        if (!m_state->came.wait_for(lock, std::chrono::milliseconds(ms), [this] { return m_state->answer.has_value(); }))
            return fail(ErrorKind::Timeout, QStringLiteral("No answer in %1 s").arg(ms / 1000));
        return *m_state->answer;
    }

private:
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

template <class T> Result<T> GuiDesk::Line::ask(std::function<QFuture<Result<T>>(QObject *)> begin, int mostMs) const
{
    Awaited<T> awaited;
    m_sender.post([context = m_context, begin = std::move(begin), giver = awaited.giver()] {
        watchResult(begin(context), context, [giver](const Result<T> &answer) { giver->give(answer); });
    });
    return awaited.wait(mostMs);
}

// The platform and the keychain, as the steps of an installation know them. Its functions block and may be called from any thread but the GUI's. A write goes the
// way of all writes: refused with Forbidden (read-only profile) or Offline before anything is sent, and journalled.
class ServicePlatform final : public InstallPlatform {
public:
    struct Parts {
        GuiDesk::Line line;
        SecretStore *secrets = nullptr; // null: kubeconfigs stay in memory
        std::function<ApiClient *()> client; // GUI thread
        ActionRunner *actions = nullptr; // GUI thread
        QString kubeconfigKey; // of the keychain
        QString dataKey; // of the profile, in the cache
        InstallDetails details;
        std::function<void(const QString &clusterId)> registered; // any thread; empty = not any more
    };
    ServicePlatform(Parts parts, InstallPlan plan, QString clusterId);

    Result<void> keepKubeconfig(const QByteArray &kubeconfig) override;
    Result<bool> hasKubeconfig() override;
    Result<void> registerCluster(const InstallPlan &plan) override;
    Result<void> registerNode(const PlanHost &host) override;
    Result<bool> isRegistered(const QString &host) override;
    Result<void> unregister(const QString &host) override;

    Result<QByteArray> kubeconfig(); // NotFound when nobody has it
    QString clusterId() const;

private:
    struct Member {
        QString name, address;
    };
    Result<nlohmann::json> read(const QString &operation, const nlohmann::json &parameters);
    struct Writing {
        QString action, key, operation;
        nlohmann::json parameters, body;
        std::vector<FieldChange> changes;
    };
    Result<QString> write(const Writing &writing); // key of the row that came of it
    Result<QString> findCluster(); // its row by what is known; empty = none
    Result<std::vector<Member>> members(const QString &clusterId);
    bool isWanted() const { return m_parts.details.registers && !m_parts.details.centerId.isEmpty(); }
    void setClusterId(const QString &id);

    const Parts m_parts;
    const InstallPlan m_plan;
    mutable std::mutex m_mutex;
    QSet<QString> m_gone; // where nothing is registered: what was taken out, so that it is known to be done
    QString m_clusterId;
    QByteArray m_kubeconfig; // in memory as well: the keychain may be none
};

} // namespace kboss
