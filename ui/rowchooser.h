#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QListView;

namespace kboss {

class ResourceFeed;
class Theme;

// A list of a resource's rows by name with a search field, over the page: Up and Down move, Enter chooses, Esc leaves. Reads through the feed's
// model: any number of rows. GUI thread; a child of the widget it covers.
class RowChooser : public QFrame {
    Q_OBJECT
public:
    RowChooser(ResourceFeed *feed, Theme *theme, QWidget *host);

    void openAt(const QPoint &at, const QString &currentKey);
    void retranslate();
    QLineEdit *field() const { return m_field; }
    QListView *list() const { return m_list; }

Q_SIGNALS:
    void chosen(const QString &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void search(const QString &text);
    void chooseCurrent();
    void fit();
    void leave();

    ResourceFeed *m_feed;
    Theme *m_theme;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_none;
};

} // namespace kboss
