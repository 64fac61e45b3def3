#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace kboss {

class PageHead;
class ProfileForm;

// Connections: the list at the left, the one chosen as a form at the right.
class ProfilesPage : public Page {
    Q_OBJECT
public:
    ProfilesPage(const AppContext &context, QWidget *parent = nullptr);

    QString pageId() const override { return QStringLiteral("profiles"); }
    QString title() const override;
    State state() const override { return rows() > 0 ? State::Ready : State::Empty; }
    qint64 rows() const override;
    QList<QAction *> pageActions() const override { return {m_new, m_save, m_test, m_connect}; }
    void setShown(bool shown) override;
    bool hasUnsaved() const override;
    void retranslate() override;

    ProfileForm *form() const { return m_form; }

private:
    void build();
    void fillList();
    void choose();
    void showProfile(const QString &id);
    void select(const QString &id); // in the list only
    bool isCurrent() const; // the profile of the running session
    void blank();
    void askLeaveForm(std::function<void()> then);
    void startNew();
    void save();
    void remove();
    void test();
    void connectTo();
    void updateActions();
    QString freeId(const QString &name) const;

    const AppContext &m_context;
    PageHead *m_head;
    QListWidget *m_list;
    ProfileForm *m_form;
    QLabel *m_result;
    QPushButton *m_newButton, *m_saveButton, *m_testButton, *m_connectButton, *m_removeButton;
    QAction *m_new, *m_save, *m_test, *m_connect;
    bool m_told = false;
};

} // namespace kboss
