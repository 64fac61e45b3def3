#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace kboss {

// Brings work from any thread to the one this lives on, in order; nothing of it runs once this has gone. Work that was not run is dropped there and then.
class GuiMail : public QObject {
    Q_OBJECT
public:
    using Work = std::function<void()>;

    // What other threads hold.
    class Sender {
    public:
        bool post(Work work) const; // false = nobody is there any more

    private:
        friend class GuiMail;
        struct State {
            std::mutex mutex;
            GuiMail *target = nullptr;
            std::vector<Work> waiting;
            bool told = false;
        };
        std::shared_ptr<State> m_state;
    };

    // `waitMs`: how long the first piece may wait for others.
    explicit GuiMail(int waitMs = 0, QObject *parent = nullptr);
    ~GuiMail() override;

    const Sender &sender() const { return m_sender; }
    void drain(); // what is there, now

private:
    Sender m_sender;
    QTimer m_timer;
};

} // namespace kboss
