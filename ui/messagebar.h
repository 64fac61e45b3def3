#pragma once

#include "app/base/error.h"

#include <QFrame>
#include <functional>
#include <memory>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace kboss {

class Theme;

// One line at the top of a window's pages: what happened, why, what to do; Details and Retry. Cancelled is silent. A notice goes by itself
// after ten seconds unless the pointer is on it; an error stays until it is closed or replaced. Hidden while there is nothing to say.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(Theme *theme, QWidget *parent = nullptr);
    ~MessageBar() override;

    void showError(const Error &error, const QString &what, std::function<void()> retry = {});
    void showNotice(const QString &text, const QString &actionText = {}, std::function<void()> action = {});
    void clear();
    QString text() const;
    void retranslate();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kboss
