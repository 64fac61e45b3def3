#pragma once

#include <QFile>
#include <QFileDevice>

namespace kboss {

inline constexpr QFileDevice::Permissions s_ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

bool syncToDisk(QFile &file); // what was written is on the disk, not only with the system
void syncFolderOf(const QString &file); // a new name is on the disk; nothing where systems have no such thing
bool makePrivateFolder(const QString &path); // with its parents; 0700, also when it was there before

} // namespace kboss
