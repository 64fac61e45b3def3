#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace kboss {

// Where a day begins. Without a connection: try it on this computer, or connect to a server. With one: what there is and how to get to it.
class StartPage : public Page {
    Q_OBJECT
public:
    StartPage(const AppContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("start"); }
    QString title() const override;
    State state() const override { return State::Ready; }
    qint64 rows() const override;
    void setShown(bool shown) override;
    void retranslate() override;

private:
    void rebuild();
    QWidget *buildFirst(QWidget *parent);
    QWidget *buildTry(QWidget *parent);
    QWidget *buildConnect(QWidget *parent);
    QWidget *buildPages(QWidget *parent);
    QWidget *buildKeys(QWidget *parent);
    QFrame *card(QWidget *parent, const QString &title, const QString &text, QVBoxLayout **inside);
    void readCounts();

    const AppContext &m_context;
    QVBoxLayout *m_layout;
    QWidget *m_body = nullptr;
    QString m_sample = QStringLiteral("small");
    QHash<QString, QLabel *> m_counts;
    bool m_told = false;
};

} // namespace kboss
