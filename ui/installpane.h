#pragma once

#include "app/services/installation.h"
#include "ui/appcontext.h"

#include <QWidget>

class QHBoxLayout;

namespace kboss {

// One page of the installation wizard. GUI thread; owned by InstallPage, which shows its words in the rail and its buttons in the title line.
class InstallPane : public QWidget {
    Q_OBJECT
public:
    enum class Standing { Ahead, Open, Done, Trouble, Running };
    struct Words {
        QString title, note; // of the title line
        Standing standing = Standing::Ahead;
        QString summary; // under the step's name in the rail
        QString open; // why one cannot go on yet: "3 are open"; empty = one can
        QString next; // what the button of the next page says; empty = there is none
    };

    InstallPane(const AppContext &context, Installation *installation, QWidget *parent) : QWidget(parent), m_context(context), m_installation(installation) { }

    virtual Words words() const = 0;
    virtual QList<QWidget *> headButtons() const { return {}; } // own them; shown while the pane is
    virtual void enter() { } // it is shown from now on
    virtual void leave() { } // or not
    virtual void next() { Q_EMIT nextAsked(); } // the button of the title line
    virtual void retranslate() = 0;

Q_SIGNALS:
    void changed(); // words()
    void nextAsked();
    void goAsked(int step); // to another page: InstallPage::Step

protected:
    const AppContext &context() const { return m_context; }
    Theme *theme() const { return m_context.theme; }
    Installation *installation() const { return m_installation; }

private:
    AppContext m_context;
    Installation *m_installation;
};

} // namespace kboss
