#pragma once

#include "ui/navigationmodel.h"
#include "ui/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace kboss {

// The navigation collapsed: one button a group; a group with several pages opens a menu of them.
class NavigationRail : public QWidget {
    Q_OBJECT
public:
    NavigationRail(Theme *theme, NavigationModel *model, QWidget *parent = nullptr);
    void setCurrent(const QString &pageId);

Q_SIGNALS:
    void pageChosen(const QString &pageId);

private:
    void rebuild();
    void choose(int group);

    Theme *m_theme;
    NavigationModel *m_model;
    QVBoxLayout *m_layout;
    QString m_current;
};

} // namespace kboss
