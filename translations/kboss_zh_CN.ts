<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Exporter</name>
    <message>
        <source>Export %1</source>
        <translation>导出%1</translation>
    </message>
    <message>
        <source>%1, code</source>
        <translation>%1（代码）</translation>
    </message>
    <message>
        <source>%1, currency</source>
        <translation>%1（币种）</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Must be filled in</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>Must not be before “%1”</source>
        <translation>不能早于“%1”</translation>
    </message>
    <message>
        <source>Must not be more than “%1”</source>
        <translation>不能大于“%1”</translation>
    </message>
    <message>
        <source>Not an IPv4 or IPv6 address and not a host name</source>
        <translation>不是 IPv4、IPv6 地址或主机名</translation>
    </message>
    <message>
        <source>Not a web address: it begins with https:// or http:// and names a host</source>
        <translation>不是网址：应以 https:// 或 http:// 开头并包含主机</translation>
    </message>
    <message>
        <source>An address must not carry a user or password</source>
        <translation>地址中不能包含用户名或密码</translation>
    </message>
    <message>
        <source>Not a phone number: digits, spaces, brackets and hyphens, with + in front where needed</source>
        <translation>不是电话号码：可用数字、空格、括号、连字符，需要时以 + 开头</translation>
    </message>
    <message>
        <source>Not a whole number</source>
        <translation>不是整数</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>应在 %1 到 %2 之间</translation>
    </message>
    <message>
        <source>At least %1</source>
        <translation>至少为 %1</translation>
    </message>
    <message>
        <source>At most %1</source>
        <translation>至多为 %1</translation>
    </message>
    <message>
        <source>At most %1 characters</source>
        <translation>最多 %1 个字符</translation>
    </message>
    <message>
        <source>At least %1 characters</source>
        <translation>至少 %1 个字符</translation>
    </message>
    <message>
        <source>Not in the form the service takes</source>
        <translation>不符合服务要求的格式</translation>
    </message>
    <message>
        <source>Choose one of the list</source>
        <translation>请从列表中选择</translation>
    </message>
    <message>
        <source>Choose yes or no</source>
        <translation>请选择是或否</translation>
    </message>
    <message>
        <source>Not a date: write year-month-day, as 2026-11-22</source>
        <translation>不是日期：请按 年-月-日 填写，如 2026-11-22</translation>
    </message>
    <message>
        <source>Not an amount: write it as 1,234.56, with at most nine decimals</source>
        <translation>不是金额：请按 1,234.56 填写，最多九位小数</translation>
    </message>
    <message>
        <source>Not a number</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>Not a time: write it as 2026-11-22 12:30:00</source>
        <translation>不是时间：请按 2026-11-22 12:30:00 填写</translation>
    </message>
    <message>
        <source>Must not be below zero</source>
        <translation>不能小于 0</translation>
    </message>
    <message>
        <source>At most %1 decimals</source>
        <translation>最多 %1 位小数</translation>
    </message>
</context>
<context>
    <name>Formatters</name>
    <message>
        <source>no limit</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>%1 years</source>
        <translation>%1 年</translation>
    </message>
    <message>
        <source>%1 year</source>
        <translation>%1 年</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 day</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 hour</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 minutes</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 minute</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 second</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>The server sent this; it does not fit the field&apos;s type</source>
        <translation>服务返回的内容，与字段类型不符</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>expired yesterday</source>
        <translation>昨天到期</translation>
    </message>
    <message>
        <source>expired %1 days ago</source>
        <translation>已过期 %1 天</translation>
    </message>
    <message>
        <source>expires today</source>
        <translation>今天到期</translation>
    </message>
    <message>
        <source>expires tomorrow</source>
        <translation>明天到期</translation>
    </message>
    <message>
        <source>expires in %1 days</source>
        <translation>%1 天后到期</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>1 minute ago</source>
        <translation>1 分钟前</translation>
    </message>
    <message>
        <source>%1 minutes ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>in 1 minute</source>
        <translation>1 分钟后</translation>
    </message>
    <message>
        <source>in %1 minutes</source>
        <translation>%1 分钟后</translation>
    </message>
    <message>
        <source>1 hour ago</source>
        <translation>1 小时前</translation>
    </message>
    <message>
        <source>%1 hours ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>in 1 hour</source>
        <translation>1 小时后</translation>
    </message>
    <message>
        <source>in %1 hours</source>
        <translation>%1 小时后</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>%1 天前</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>in %1 days</source>
        <translation>%1 天后</translation>
    </message>
    <message>
        <source>1 month ago</source>
        <translation>1 个月前</translation>
    </message>
    <message>
        <source>%1 months ago</source>
        <translation>%1 个月前</translation>
    </message>
    <message>
        <source>in 1 month</source>
        <translation>1 个月后</translation>
    </message>
    <message>
        <source>in %1 months</source>
        <translation>%1 个月后</translation>
    </message>
    <message>
        <source>1 year ago</source>
        <translation>1 年前</translation>
    </message>
    <message>
        <source>%1 years ago</source>
        <translation>%1 年前</translation>
    </message>
    <message>
        <source>in 1 year</source>
        <translation>1 年后</translation>
    </message>
    <message>
        <source>in %1 years</source>
        <translation>%1 年后</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
</context>
<context>
    <name>kboss::ActivityPage</name>
    <message>
        <source>Nothing is running</source>
        <translation>没有任务在运行</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 个运行中</translation>
    </message>
    <message>
        <source>Jobs of this run appear here: first readings, exports, bulk changes.</source>
        <translation>本次运行的任务会出现在这里：首次读取、导出、批量修改。</translation>
    </message>
    <message>
        <source>Cancel this job</source>
        <translation>取消此任务</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>What the job says</source>
        <translation>任务日志</translation>
    </message>
    <message>
        <source>Latest changes</source>
        <translation>最近操作</translation>
    </message>
    <message>
        <source>Undo this change…</source>
        <translation>撤销此操作…</translation>
    </message>
    <message>
        <source>Whole journal</source>
        <translation>全部日志</translation>
    </message>
    <message>
        <source>Nothing has run for long yet</source>
        <translation>还没有较长的任务</translation>
    </message>
    <message>
        <source>First readings, exports and bulk changes appear here with their progress.</source>
        <translation>首次读取、导出和批量修改会带着进度出现在这里。</translation>
    </message>
    <message>
        <source>Nothing was changed yet</source>
        <translation>还没有修改</translation>
    </message>
    <message>
        <source>The latest changes appear here and can be undone.</source>
        <translation>最近的修改会出现在这里，可以撤销。</translation>
    </message>
</context>
<context>
    <name>kboss::BulkModel</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>kboss::BulkPane</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Field to change</source>
        <translation>要修改的字段</translation>
    </message>
    <message>
        <source>The first %1 of %2 selected rows, fixed by their ids. What is selected later does not matter.</source>
        <translation>已选 %2 行中的前 %1 行，按 ID 固定，之后再改选择不影响。</translation>
    </message>
    <message>
        <source>%1 rows, fixed by their ids. What is selected later does not matter.</source>
        <translation>%1 行，按 ID 固定，之后再改选择不影响。</translation>
    </message>
    <message>
        <source>1 row, fixed by its id. What is selected later does not matter.</source>
        <translation>1 行，按 ID 固定，之后再改选择不影响。</translation>
    </message>
    <message>
        <source>in each row&apos;s currency</source>
        <translation>按各行自己的币种</translation>
    </message>
    <message>
        <source>cannot: %1</source>
        <translation>不可：%1</translation>
    </message>
    <message>
        <source>is so already</source>
        <translation>已是此值</translation>
    </message>
    <message>
        <source>Change %1 rows</source>
        <translation>修改 %1 行</translation>
    </message>
    <message>
        <source>Change 1 row</source>
        <translation>修改 1 行</translation>
    </message>
    <message>
        <source>Try %1 failed again</source>
        <translation>重试失败的 %1 行</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>已修改 %1 行</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>失败 %1 行</translation>
    </message>
    <message>
        <source>%1 will change</source>
        <translation>%1 行将修改</translation>
    </message>
    <message>
        <source>%1 cannot take it</source>
        <translation>%1 行不可修改</translation>
    </message>
    <message>
        <source>%1 are so already</source>
        <translation>%1 行已是此值</translation>
    </message>
    <message>
        <source>1 is so already</source>
        <translation>1 行已是此值</translation>
    </message>
    <message>
        <source>Change %1 of %2 rows</source>
        <translation>修改 %2 行的%1</translation>
    </message>
    <message>
        <source>Change %1 of 1 row</source>
        <translation>修改 1 行的%1</translation>
    </message>
    <message>
        <source>Try %1 rows again</source>
        <translation>重试 %1 行</translation>
    </message>
    <message>
        <source>Try 1 row again</source>
        <translation>重试 1 行</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Kind of change</source>
        <translation>修改方式</translation>
    </message>
    <message>
        <source>by percent</source>
        <translation>按百分比</translation>
    </message>
    <message>
        <source>set to one value</source>
        <translation>改为同一值</translation>
    </message>
    <message>
        <source>%1 is not a number here</source>
        <translation>此行的“%1”不是数字</translation>
    </message>
    <message>
        <source>exactly %1</source>
        <translation>精确值 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>kboss::CentersPage</name>
    <message>
        <source>No center is chosen</source>
        <translation>未选择算力中心</translation>
    </message>
    <message>
        <source>Choose a center above to see its nodes here.</source>
        <translation>在上方选择一个算力中心，这里显示它的节点。</translation>
    </message>
</context>
<context>
    <name>kboss::ChangeList</name>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
</context>
<context>
    <name>kboss::ColumnChooser</name>
    <message>
        <source>Default columns</source>
        <translation>默认列</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Columns: tick to show, drag to move</source>
        <translation>列：勾选显示，拖动排序</translation>
    </message>
</context>
<context>
    <name>kboss::CommandPalette</name>
    <message>
        <source>Pages, actions, connections — by name, English or pinyin initials</source>
        <translation>页面、操作、连接 — 可用名称、英文或拼音首字母</translation>
    </message>
    <message>
        <source>Find or run</source>
        <translation>查找或执行</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Nothing of that name. English names and pinyin initials work too.</source>
        <translation>没有匹配项。也可以输入英文名称或拼音首字母。</translation>
    </message>
</context>
<context>
    <name>kboss::ConnectionTest</name>
    <message>
        <source>Billing</source>
        <translation>计费</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>%1: no operation of it is known to this version</source>
        <translation>%1：此版本没有它的接口</translation>
    </message>
    <message>
        <source>%1: answers in %2 ms</source>
        <translation>%1：%2 ms 内响应</translation>
    </message>
    <message>
        <source>%1: is there and asks for a sign-in</source>
        <translation>%1：可以访问，需要登录</translation>
    </message>
</context>
<context>
    <name>kboss::ConsoleApp</name>
    <message>
        <source>Saving the settings</source>
        <translation>保存设置</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Saving the connection</source>
        <translation>保存连接</translation>
    </message>
</context>
<context>
    <name>kboss::ConsoleProfiles</name>
    <message>
        <source>Try-out, empty</source>
        <translation>试用（空）</translation>
    </message>
    <message>
        <source>Try-out</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Try-out, medium</source>
        <translation>试用（中）</translation>
    </message>
    <message>
        <source>Try-out, large</source>
        <translation>试用（大）</translation>
    </message>
</context>
<context>
    <name>kboss::ConsoleStatusBar</name>
    <message>
        <source>Progress of the running job</source>
        <translation>运行中任务的进度</translation>
    </message>
    <message>
        <source>Where you are working. Click for connections.</source>
        <translation>当前所在环境。点击查看连接档案。</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>Starting the service</source>
        <translation>正在启动服务</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>正在登录</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>需要登录</translation>
    </message>
    <message>
        <source>Offline, changes are not possible</source>
        <translation>离线，不能修改</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Connected  %1 ms</source>
        <translation>已连接  %1 ms</translation>
    </message>
    <message>
        <source>The connection, with the last round trip. Click for the request log.</source>
        <translation>连接状态与最近一次往返时间。点击查看请求日志。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No jobs running</source>
        <translation>没有任务在运行</translation>
    </message>
    <message>
        <source>Click for the activity list.</source>
        <translation>点击查看活动列表。</translation>
    </message>
    <message>
        <source>  %1 %</source>
        <translation>  %1 %</translation>
    </message>
    <message>
        <source>%1 running  %2</source>
        <translation>%1 个任务运行中  %2</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>no changes offline</source>
        <translation>离线不可写</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>可写</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
</context>
<context>
    <name>kboss::DetailsPanel</name>
    <message>
        <source>History %1</source>
        <translation>历史 %1</translation>
    </message>
    <message>
        <source>%1 copied</source>
        <translation>已复制%1</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>Row before</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Another row is selected. This one stays here until it is saved or discarded.</source>
        <translation>已选择其他行。此行保留在这里，直到保存或放弃修改。</translation>
    </message>
    <message>
        <source>Read the selected rows</source>
        <translation>读取所选行</translation>
    </message>
    <message>
        <source>Change several rows</source>
        <translation>批量修改</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>kboss::DetailsView</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>not shown, not kept on this computer</source>
        <translation>不显示、不缓存</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制%1</translation>
    </message>
</context>
<context>
    <name>kboss::DocumentArea</name>
    <message>
        <source>Close this tab (Ctrl+W)</source>
        <translation>关闭标签页 (Ctrl+W)</translation>
    </message>
    <message>
        <source>Open in its own window</source>
        <translation>在独立窗口中打开</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the others</source>
        <translation>关闭其他标签页</translation>
    </message>
    <message>
        <source>Open a page (Ctrl+K)</source>
        <translation>打开页面 (Ctrl+K)</translation>
    </message>
    <message>
        <source>Open pages</source>
        <translation>已打开的页面</translation>
    </message>
</context>
<context>
    <name>kboss::EditForm</name>
    <message>
        <source>Follows “%1”</source>
        <translation>随“%1”而定</translation>
    </message>
    <message>
        <source>Back to the old value</source>
        <translation>恢复原值</translation>
    </message>
    <message>
        <source>The alarm is off</source>
        <translation>报警已关闭</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Only where “%1” is something else</source>
        <translation>仅当“%1”为其他值时填写</translation>
    </message>
</context>
<context>
    <name>kboss::EditPane</name>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Enter saves · Esc leaves</source>
        <translation>Enter 保存 · Esc 离开</translation>
    </message>
    <message>
        <source>This row was changed meanwhile. Saving compares first and stops where a field of yours was changed.</source>
        <translation>此行刚被改动。保存前会先比对，若您修改的字段已被改动则停止。</translation>
    </message>
    <message>
        <source>What will be sent: one change</source>
        <translation>将发送的修改 1 处</translation>
    </message>
    <message>
        <source>What will be sent: %1 changes</source>
        <translation>将发送的修改  %1 处</translation>
    </message>
    <message>
        <source>Before sending, the row is read again and compared. If somebody changed it meanwhile, nothing is overwritten.</source>
        <translation>发送前重新读取并比对，若已被他人改动则停止，不覆盖。</translation>
    </message>
    <message>
        <source>No changes</source>
        <translation>没有修改</translation>
    </message>
    <message>
        <source>Save one change</source>
        <translation>保存 1 处修改</translation>
    </message>
    <message>
        <source>Save %1 changes</source>
        <translation>保存 %1 处修改</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>不保存就离开吗？</translation>
    </message>
    <message>
        <source>%1: what you typed was not sent and would be lost.</source>
        <translation>%1：已输入的内容尚未发送，离开后会丢失。</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
</context>
<context>
    <name>kboss::Environment</name>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>预发</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>开发</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
</context>
<context>
    <name>kboss::ErrorText</name>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>It was stopped on request.</source>
        <translation>已按要求停止。</translation>
    </message>
    <message>
        <source>the service cannot be reached</source>
        <translation>无法连接服务</translation>
    </message>
    <message>
        <source>There is no connection to the service, or the console works offline.</source>
        <translation>与服务没有连接，或控制台处于离线工作状态。</translation>
    </message>
    <message>
        <source>What was read before can still be looked at. Check the network and the address in the profile.</source>
        <translation>已读取过的数据仍可查看。请检查网络和连接档案中的地址。</translation>
    </message>
    <message>
        <source>the service did not answer in time</source>
        <translation>服务未及时响应</translation>
    </message>
    <message>
        <source>The time allowed for this passed without an answer.</source>
        <translation>在限定时间内没有收到响应。</translation>
    </message>
    <message>
        <source>Try again in a moment. After a change, look first whether it was carried out.</source>
        <translation>请稍后重试。若刚做过修改，请先确认是否已生效。</translation>
    </message>
    <message>
        <source>you are not signed in</source>
        <translation>尚未登录</translation>
    </message>
    <message>
        <source>The service did not accept the sign-in, or it has run out.</source>
        <translation>服务没有接受登录，或登录已过期。</translation>
    </message>
    <message>
        <source>Sign in again with a valid name, password or token.</source>
        <translation>请用有效的用户名、密码或令牌重新登录。</translation>
    </message>
    <message>
        <source>you have no right to do this</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>The signed-in person has no right to this, or the profile is read-only.</source>
        <translation>当前登录者没有此权限，或连接为只读。</translation>
    </message>
    <message>
        <source>Ask an administrator for the right, or switch off read-only in the profile.</source>
        <translation>请向管理员申请权限，或在连接档案中关闭只读。</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>对象已不存在</translation>
    </message>
    <message>
        <source>The service does not know this object; somebody may have deleted it.</source>
        <translation>服务中没有这个对象，可能已被他人删除。</translation>
    </message>
    <message>
        <source>Refresh the list.</source>
        <translation>请刷新列表。</translation>
    </message>
    <message>
        <source>it was changed by somebody else meanwhile</source>
        <translation>已被他人改动</translation>
    </message>
    <message>
        <source>The object is not as it was when you saw it. Nothing was sent.</source>
        <translation>对象与您看到时不同，未发送任何内容。</translation>
    </message>
    <message>
        <source>Refresh, look at the new values, and make your change again.</source>
        <translation>请刷新，查看新值后再修改。</translation>
    </message>
    <message>
        <source>the service said no</source>
        <translation>服务拒绝了请求</translation>
    </message>
    <message>
        <source>The service understood the request and refused it.</source>
        <translation>服务理解了请求，但没有接受。</translation>
    </message>
    <message>
        <source>Correct what the reason names and try again.</source>
        <translation>请按原因更正后重试。</translation>
    </message>
    <message>
        <source>the answer could not be understood</source>
        <translation>无法理解服务的响应</translation>
    </message>
    <message>
        <source>The answer is not what the contract with this service says.</source>
        <translation>响应与此服务的接口约定不符。</translation>
    </message>
    <message>
        <source>Check that the address belongs to this service. Details hold what came.</source>
        <translation>请确认地址属于此服务。详情中有收到的内容。</translation>
    </message>
    <message>
        <source>the connection is not secure</source>
        <translation>连接不安全</translation>
    </message>
    <message>
        <source>The server&apos;s certificate could not be verified, or the address is plain HTTP.</source>
        <translation>服务器证书无法验证，或地址是未加密的 HTTP。</translation>
    </message>
    <message>
        <source>Nothing was sent. If the server has a certificate of your own authority, name that file in the profile.</source>
        <translation>未发送任何内容。若服务器使用自有 CA 的证书，请在连接档案中指定该文件。</translation>
    </message>
    <message>
        <source>a local file or database failed</source>
        <translation>本地文件或数据库出错</translation>
    </message>
    <message>
        <source>This computer could not read or write its own data.</source>
        <translation>本机无法读写自己的数据。</translation>
    </message>
    <message>
        <source>Check free space and rights of the data folder.</source>
        <translation>请检查数据文件夹的剩余空间和权限。</translation>
    </message>
    <message>
        <source>the SSH connection failed</source>
        <translation>SSH 连接失败</translation>
    </message>
    <message>
        <source>The host could not be reached or worked with over SSH.</source>
        <translation>无法通过 SSH 访问或操作该主机。</translation>
    </message>
    <message>
        <source>Check the host&apos;s address, port and sign-in.</source>
        <translation>请检查主机的地址、端口和登录方式。</translation>
    </message>
    <message>
        <source>the host&apos;s key is not the known one</source>
        <translation>主机密钥与已知的不符</translation>
    </message>
    <message>
        <source>The host showed another key than the one that was trusted.</source>
        <translation>主机出示的密钥不是已信任的那一个。</translation>
    </message>
    <message>
        <source>Stop here and find out why: another machine may be answering.</source>
        <translation>请停止操作并查明原因：可能是另一台机器在响应。</translation>
    </message>
    <message>
        <source>the console made a mistake</source>
        <translation>控制台内部出错</translation>
    </message>
    <message>
        <source>Something happened that the program did not expect.</source>
        <translation>发生了程序未预料到的情况。</translation>
    </message>
    <message>
        <source>Please report it with the details.</source>
        <translation>请连同详情一起反馈。</translation>
    </message>
    <message>
        <source>Not done: %1</source>
        <translation>未完成：%1</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1失败：%2</translation>
    </message>
    <message>
        <source>%1 (field %2)</source>
        <translation>%1（字段 %2）</translation>
    </message>
</context>
<context>
    <name>kboss::ExportWords</name>
    <message>
        <source>%1 rows exported to %2</source>
        <translation>已导出 %1 行到 %2</translation>
    </message>
    <message>
        <source>1 row exported to %1</source>
        <translation>已导出 1 行到 %1</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出%1</translation>
    </message>
    <message>
        <source>Export %1 rows</source>
        <translation>导出 %1 行</translation>
    </message>
    <message>
        <source>Export 1 row</source>
        <translation>导出 1 行</translation>
    </message>
    <message>
        <source>All %1 matching rows with %2 columns, in the order shown. Secrets are left out.</source>
        <translation>全部 %1 行匹配数据，%2 列，按显示的顺序，不含机密。</translation>
    </message>
</context>
<context>
    <name>kboss::FieldEditor</name>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>empty = unchanged</source>
        <translation>留空则不变</translation>
    </message>
</context>
<context>
    <name>kboss::FilterBar</name>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Search these rows</source>
        <translation>在这些行中搜索</translation>
    </message>
</context>
<context>
    <name>kboss::FilterBuilder</name>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>按文本编辑</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>运算</translation>
    </message>
    <message>
        <source>Filter text</source>
        <translation>筛选文本</translation>
    </message>
    <message>
        <source>is set</source>
        <translation>已设置</translation>
    </message>
    <message>
        <source>is not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>Position %1: %2</source>
        <translation>第 %1 个字符：%2</translation>
    </message>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
</context>
<context>
    <name>kboss::FilterChip</name>
    <message>
        <source>%1, switched off</source>
        <translation>%1（已停用）</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Edit condition</source>
        <translation>编辑条件</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>kboss::FilterValueEditor</name>
    <message>
        <source>This is not a time span like 2d or 3h30m</source>
        <translation>不是时长,例如 2d 或 3h30m</translation>
    </message>
    <message>
        <source>This is not an amount like 512Mi or 2Gi</source>
        <translation>不是容量,例如 512Mi 或 2Gi</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>any currency</source>
        <translation>任意币种</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>text, * at an end for anything</source>
        <translation>文本，首尾可用 * 代表任意内容</translation>
    </message>
    <message>
        <source>Type a value</source>
        <translation>请输入值</translation>
    </message>
    <message>
        <source>This is not a number</source>
        <translation>这不是数字</translation>
    </message>
    <message>
        <source>This is not a date like 2026-01-31</source>
        <translation>不是日期，格式如 2026-01-31</translation>
    </message>
</context>
<context>
    <name>kboss::FilterWords</name>
    <message>
        <source>is</source>
        <translation>是</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不是</translation>
    </message>
    <message>
        <source>before</source>
        <translation>早于</translation>
    </message>
    <message>
        <source>until</source>
        <translation>不晚于</translation>
    </message>
    <message>
        <source>after</source>
        <translation>晚于</translation>
    </message>
    <message>
        <source>since</source>
        <translation>自</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>search “%1”</source>
        <translation>搜索“%1”</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>非 %1</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source> and </source>
        <translation> 且 </translation>
    </message>
    <message>
        <source>%1, currency</source>
        <translation>%1（币种）</translation>
    </message>
    <message>
        <source>%1 is set</source>
        <translation>%1 已设置</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1 为空</translation>
    </message>
    <message>
        <source>%1 is not empty</source>
        <translation>%1 不为空</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>kboss::FloatingWindow</name>
    <message>
        <source>Put back into the main window</source>
        <translation>放回主窗口</translation>
    </message>
</context>
<context>
    <name>kboss::FreshnessWords</name>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未能读取</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>尚未读取</translation>
    </message>
    <message>
        <source>Live · %1 ago</source>
        <translation>实时 · %1前</translation>
    </message>
    <message>
        <source>Cached · %1 ago</source>
        <translation>缓存 · %1前</translation>
    </message>
    <message>
        <source>Partial · %1 ago</source>
        <translation>部分 · %1前</translation>
    </message>
    <message>
        <source>Refresh failed · %1 ago</source>
        <translation>刷新失败 · %1前</translation>
    </message>
    <message>
        <source>Paused · %1 ago</source>
        <translation>已暂停 · %1前</translation>
    </message>
    <message>
        <source>Stale · %1 ago</source>
        <translation>已过时 · %1前</translation>
    </message>
</context>
<context>
    <name>kboss::JobModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>kboss::JournalModel</name>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>done, undone since</source>
        <translation>已完成，后被撤销</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>answer lost</source>
        <translation>结果未知</translation>
    </message>
    <message>
        <source>note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Before → after</source>
        <translation>修改前 → 修改后</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
</context>
<context>
    <name>kboss::JournalPage</name>
    <message>
        <source>Reading the journal</source>
        <translation>读取操作日志</translation>
    </message>
    <message>
        <source>Nothing was changed from this computer yet</source>
        <translation>本机还没有做过修改</translation>
    </message>
    <message>
        <source>%1 actions, newest first</source>
        <translation>%1 条操作，最新在前</translation>
    </message>
    <message>
        <source>The chain of hashes is whole</source>
        <translation>哈希链完整</translation>
    </message>
    <message>
        <source>The chain is broken: %1</source>
        <translation>哈希链已断开：%1</translation>
    </message>
    <message>
        <source>Person, action, object or value</source>
        <translation>操作人、操作、对象或值</translation>
    </message>
    <message>
        <source>Undo this change…</source>
        <translation>撤销此操作…</translation>
    </message>
    <message>
        <source>Check the chain</source>
        <translation>校验哈希链</translation>
    </message>
    <message>
        <source>No change is recorded here</source>
        <translation>还没有操作记录</translation>
    </message>
    <message>
        <source>Every change made from this computer is written down with its values before and after, and can be undone from here.</source>
        <translation>在本机所做的每次修改都会记下修改前后的值，并可在这里撤销。</translation>
    </message>
</context>
<context>
    <name>kboss::MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>&amp;Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>&amp;Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>连接档案…</translation>
    </message>
    <message>
        <source>Connect to</source>
        <translation>连接到</translation>
    </message>
    <message>
        <source>Work offline</source>
        <translation>离线工作</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Find or run…</source>
        <translation>查找或执行…</translation>
    </message>
    <message>
        <source>Undo a change…</source>
        <translation>撤销操作…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Row height</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Relaxed</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Narrow navigation</source>
        <translation>收窄导航</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>This page has no actions</source>
        <translation>此页没有可用操作</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>上一个标签页</translation>
    </message>
    <message>
        <source>Open in its own window</source>
        <translation>在独立窗口中打开</translation>
    </message>
    <message>
        <source>Put all windows back</source>
        <translation>所有窗口放回主窗口</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>开始页</translation>
    </message>
    <message>
        <source>Request log</source>
        <translation>请求日志</translation>
    </message>
    <message>
        <source>Open the data folder</source>
        <translation>打开数据文件夹</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
</context>
<context>
    <name>kboss::MainWindow</name>
    <message>
        <source>Kboss Console</source>
        <translation>Kboss 控制台</translation>
    </message>
    <message>
        <source>Quit without saving?</source>
        <translation>不保存就退出吗？</translation>
    </message>
    <message>
        <source>There are changes in open pages that were not saved. They will be lost.</source>
        <translation>已打开的页面中有未保存的修改，退出后会丢失。</translation>
    </message>
    <message>
        <source>Quit without saving</source>
        <translation>不保存并退出</translation>
    </message>
    <message>
        <source>Leave this connection without saving?</source>
        <translation>不保存就离开这个连接吗？</translation>
    </message>
    <message>
        <source>A bulk change that is still running ends with the row it is at.</source>
        <translation>还在进行的批量修改会在当前这一行之后结束。</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>不保存并离开</translation>
    </message>
</context>
<context>
    <name>kboss::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>技术细节</translation>
    </message>
</context>
<context>
    <name>kboss::NavigationModel</name>
    <message>
        <source>%1: rows in the local copy: %2</source>
        <translation>%1：本地副本 %2 行</translation>
    </message>
    <message>
        <source>%1, rows: %2</source>
        <translation>%1，%2 行</translation>
    </message>
</context>
<context>
    <name>kboss::NavigationPanel</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>kboss::Pages</name>
    <message>
        <source>Quotes</source>
        <translation>报价</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>操作日志</translation>
    </message>
    <message>
        <source>Request log</source>
        <translation>请求日志</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接档案</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>算力</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Cloud providers</source>
        <translation>云厂商</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
</context>
<context>
    <name>kboss::ProfileForm</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Sample data</source>
        <translation>示例数据</translation>
    </message>
    <message>
        <source>Kboss address</source>
        <translation>Kboss 服务地址</translation>
    </message>
    <message>
        <source>Billing address</source>
        <translation>计费服务地址</translation>
    </message>
    <message>
        <source>Account address</source>
        <translation>账户服务地址</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Own certificate authority</source>
        <translation>自有 CA 证书</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Proxy host and port</source>
        <translation>代理主机与端口</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>修改权限</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>At least one address is needed.</source>
        <translation>至少填写一个地址。</translation>
    </message>
    <message>
        <source>An address like https://host/path. Plain http only to this computer; no name, password or query in it.</source>
        <translation>地址形如 https://主机/路径。http 只能用于本机；地址中不能有用户名、密码或查询参数。</translation>
    </message>
    <message>
        <source>This file cannot be read, or holds no certificate in PEM form.</source>
        <translation>文件无法读取，或不含 PEM 格式的证书。</translation>
    </message>
    <message>
        <source>A host and a port from 1 to 65535 are needed.</source>
        <translation>请填写主机和 1–65535 的端口。</translation>
    </message>
    <message>
        <source>A user name is needed.</source>
        <translation>请填写用户名。</translation>
    </message>
    <message>
        <source>There is no such time zone. One looks like Asia/Shanghai.</source>
        <translation>没有这个时区，格式如 Asia/Shanghai。</translation>
    </message>
    <message>
        <source>Choose the certificate file</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>证书 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>On this computer, by itself</source>
        <translation>本机独立运行</translation>
    </message>
    <message>
        <source>A server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>User name and password</source>
        <translation>用户名和密码</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>一次性代码</translation>
    </message>
    <message>
        <source>Read-only: nothing can be changed through this connection</source>
        <translation>只读：通过此连接不能做任何修改</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Proxy host</source>
        <translation>代理主机</translation>
    </message>
    <message>
        <source>Proxy port</source>
        <translation>代理端口</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>证书文件</translation>
    </message>
</context>
<context>
    <name>kboss::ProfilesPage</name>
    <message>
        <source>%1 connections</source>
        <translation>%1 个连接</translation>
    </message>
    <message>
        <source>The connection in use cannot be deleted.</source>
        <translation>正在使用的连接不能删除。</translation>
    </message>
    <message>
        <source>Saving the connection</source>
        <translation>保存连接</translation>
    </message>
    <message>
        <source>Delete the connection “%1”?</source>
        <translation>删除连接“%1”吗？</translation>
    </message>
    <message>
        <source>Its settings, its local copy with its journal and its remembered password are deleted from this computer. Nothing changes on the server.</source>
        <translation>将从本机删除它的设置、本地副本与操作日志，以及已保存的密码。服务器上不做任何改动。</translation>
    </message>
    <message>
        <source>Delete connection</source>
        <translation>删除连接</translation>
    </message>
    <message>
        <source>Deleting the connection</source>
        <translation>删除连接</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>新建连接</translation>
    </message>
    <message>
        <source>Save connection</source>
        <translation>保存连接</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Delete connection…</source>
        <translation>删除连接…</translation>
    </message>
    <message>
        <source>Leave “%1” without saving?</source>
        <translation>不保存就离开“%1”吗？</translation>
    </message>
    <message>
        <source>What you typed there and did not save will be lost.</source>
        <translation>已输入而未保存的内容会丢失。</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>不保存并离开</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>The connection in use was changed. The changes hold once it is made again.</source>
        <translation>正在使用的连接已修改，重新连接后生效。</translation>
    </message>
</context>
<context>
    <name>kboss::QuestionDialog</name>
    <message>
        <source>Type “%1” to go on. This cannot be undone.</source>
        <translation>输入“%1”以继续。此操作不能撤销。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
</context>
<context>
    <name>kboss::RequestLogModel</name>
    <message>
        <source>no answer</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Took (ms)</source>
        <translation>用时 (ms)</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Address or reason</source>
        <translation>地址或原因</translation>
    </message>
</context>
<context>
    <name>kboss::RequestLogPage</name>
    <message>
        <source>%1 of %2 requests of this run, secrets left out</source>
        <translation>本次运行 %2 个请求中的 %1 个，不含机密</translation>
    </message>
    <message>
        <source>%1 of 1 request of this run, secrets left out</source>
        <translation>本次运行 1 个请求中的 %1 个，不含机密</translation>
    </message>
    <message>
        <source>Choose a request to see it whole.</source>
        <translation>选择一个请求查看全文。</translation>
    </message>
    <message>
        <source>Request id: %1</source>
        <translation>请求 ID：%1</translation>
    </message>
    <message>
        <source>Answer: %1, %2 ms, %3 bytes, attempt %4</source>
        <translation>响应：%1，%2 ms，%3 字节，第 %4 次</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>Copied as cURL; put your own token in place of $TOKEN.</source>
        <translation>已复制为 cURL；请用自己的令牌替换 $TOKEN。</translation>
    </message>
    <message>
        <source>Operation, address, answer or reason</source>
        <translation>接口、地址、响应或原因</translation>
    </message>
    <message>
        <source>Only failed ones</source>
        <translation>只看失败</translation>
    </message>
    <message>
        <source>Copy as cURL</source>
        <translation>复制为 cURL</translation>
    </message>
    <message>
        <source>The request</source>
        <translation>请求内容</translation>
    </message>
    <message>
        <source>No request to show</source>
        <translation>没有可显示的请求</translation>
    </message>
    <message>
        <source>Requests of this run appear here by themselves, without anything secret.</source>
        <translation>本次运行的请求会自动出现在这里，不含任何机密。</translation>
    </message>
</context>
<context>
    <name>kboss::ResourceFeed</name>
    <message>
        <source>This profile is read-only</source>
        <translation>此连接为只读</translation>
    </message>
    <message>
        <source>Offline: changes can be made once the service answers again</source>
        <translation>离线：服务恢复响应后才能修改</translation>
    </message>
    <message>
        <source>Not signed in: changes can be made after File → Sign in…</source>
        <translation>尚未登录：请先通过“文件 → 登录…”登录，然后才能修改</translation>
    </message>
</context>
<context>
    <name>kboss::ResourceView</name>
    <message>
        <source>Not grouped</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>Group: %1</source>
        <translation>分组:%1</translation>
    </message>
    <message>
        <source>Go to: %1</source>
        <translation>转到:%1</translation>
    </message>
    <message>
        <source>The server does not know this yet: its description calls it unfinished</source>
        <translation>服务端还没有此功能:接口说明标为未开发完成</translation>
    </message>
    <message>
        <source>The server does not know this: it is an addition of the standalone service</source>
        <translation>服务端没有此功能:这是本机服务的扩展</translation>
    </message>
    <message>
        <source>This is sent to the service at once.</source>
        <translation>将立即发送到服务端。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 match, of %2</source>
        <translation>%1 条匹配，共 %2 条</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>Export %1 rows</source>
        <translation>导出 %1 行</translation>
    </message>
    <message>
        <source>Export 1 row</source>
        <translation>导出 1 行</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>Refresh %1</source>
        <translation>刷新%1</translation>
    </message>
    <message>
        <source>The rows shown are the last ones read.</source>
        <translation>显示的是上次读取的数据。</translation>
    </message>
    <message>
        <source>Search these rows</source>
        <translation>在这些行中搜索</translation>
    </message>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Filter as text</source>
        <translation>按文本筛选</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Change selected rows</source>
        <translation>修改所选行</translation>
    </message>
    <message>
        <source>Copy rows as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Copy rows as JSON</source>
        <translation>复制为 JSON</translation>
    </message>
    <message>
        <source>Export %1 as CSV</source>
        <translation>导出%1为 CSV</translation>
    </message>
    <message>
        <source>Export %1 as XLSX</source>
        <translation>导出%1为 XLSX</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>The first %1 of %2 selected rows were copied; export takes all</source>
        <translation>已复制所选 %2 行中的前 %1 行；导出可取全部</translation>
    </message>
    <message>
        <source>%1 rows copied</source>
        <translation>已复制 %1 行</translation>
    </message>
    <message>
        <source>1 row copied</source>
        <translation>已复制 1 行</translation>
    </message>
    <message>
        <source>At most %1 rows are removed at once; select fewer</source>
        <translation>一次最多移除 %1 行，请少选一些</translation>
    </message>
    <message>
        <source>Read the selected rows</source>
        <translation>读取所选行</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取%1</translation>
    </message>
    <message>
        <source>Waiting for the service&apos;s first answer.</source>
        <translation>正在等待服务的首次响应。</translation>
    </message>
    <message>
        <source>No row matches these conditions</source>
        <translation>没有符合条件的行</translation>
    </message>
    <message>
        <source>%1 rows are there without them.</source>
        <translation>不加条件共有 %1 行。</translation>
    </message>
    <message>
        <source>One row is there without them.</source>
        <translation>不加条件共有 1 行。</translation>
    </message>
    <message>
        <source>There are no rows yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>The service answered, and its list of %1 is empty.</source>
        <translation>服务已响应，%1列表为空。</translation>
    </message>
    <message>
        <source>Offline, and %1 was never read here</source>
        <translation>离线，且本机从未读取过%1</translation>
    </message>
    <message>
        <source>Once the service answers, its rows appear by themselves and stay readable offline from then on.</source>
        <translation>服务恢复响应后数据会自动出现，此后离线也可查看。</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>读取%1</translation>
    </message>
    <message>
        <source>No right to see %1</source>
        <translation>没有查看%1的权限</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>暂停刷新%1</translation>
    </message>
    <message>
        <source>Go on reading %1</source>
        <translation>继续刷新%1</translation>
    </message>
    <message>
        <source>Paused: the rows stay as they are. Click to go on.</source>
        <translation>已暂停：各行保持不变。单击继续。</translation>
    </message>
    <message>
        <source>Read again every %1 s. Click to hold the rows.</source>
        <translation>每 %1 秒重新读取。单击可停住各行。</translation>
    </message>
    <message>
        <source>Change “%1” in its cell</source>
        <translation>在单元格中修改“%1”</translation>
    </message>
    <message>
        <source>F2, Enter or a double click on the cell</source>
        <translation>在单元格上按 F2、回车或双击</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>卡片</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Draft: this server may not know it yet</source>
        <translation>草案：该服务端可能还没有这个功能</translation>
    </message>
    <message>
        <source>An addition of the standalone service: this server may not know it</source>
        <translation>独立服务的扩展：该服务端可能没有这个功能</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草案</translation>
    </message>
    <message>
        <source>addition</source>
        <translation>扩展</translation>
    </message>
</context>
<context>
    <name>kboss::RowHistory</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Done from here</source>
        <translation>在本机所做的操作</translation>
    </message>
    <message>
        <source>Nothing was changed from this console yet.</source>
        <translation>还没有在此控制台做过修改。</translation>
    </message>
    <message>
        <source>Seen on the service</source>
        <translation>在服务上看到的变化</translation>
    </message>
    <message>
        <source>No other version of this row was seen since it was first read.</source>
        <translation>自首次读取以来没有看到其他版本。</translation>
    </message>
    <message>
        <source>first seen</source>
        <translation>首次看到</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>消失</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Its answer was lost; look at the row to see whether it was done.</source>
        <translation>结果未知；请查看该行确认是否已完成。</translation>
    </message>
    <message>
        <source>Not done: %1</source>
        <translation>未完成：%1</translation>
    </message>
</context>
<context>
    <name>kboss::SavedViews</name>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>View: %1</source>
        <translation>视图：%1</translation>
    </message>
    <message>
        <source>This view belongs to another table: %1</source>
        <translation>此视图属于另一张表：%1</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation>保存此视图</translation>
    </message>
    <message>
        <source>Conditions, columns and sort are kept under this name. A view of the same name is replaced.</source>
        <translation>以此名称保存条件、列和排序。同名视图会被替换。</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>保存视图</translation>
    </message>
    <message>
        <source>Write this view to a file</source>
        <translation>将视图写入文件</translation>
    </message>
    <message>
        <source>Read a view from a file</source>
        <translation>从文件读取视图</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Write the view</source>
        <translation>写入视图</translation>
    </message>
    <message>
        <source>Read the view</source>
        <translation>读取视图</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>移除“%1”</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>写入文件…</translation>
    </message>
    <message>
        <source>Read from a file…</source>
        <translation>从文件读取…</translation>
    </message>
</context>
<context>
    <name>kboss::SearchButton</name>
    <message>
        <source>Find or run</source>
        <translation>查找或执行</translation>
    </message>
    <message>
        <source>Find a page or run an action by name or pinyin initials (Ctrl+K)</source>
        <translation>按名称或拼音首字母查找页面、执行操作 (Ctrl+K)</translation>
    </message>
</context>
<context>
    <name>kboss::SessionWatcher</name>
    <message>
        <source>Connecting</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The local copy was brought to this version.</source>
        <translation>本地副本已升级到此版本。</translation>
    </message>
    <message>
        <source>The local copy was damaged. It was set aside as %1 and is being read anew.</source>
        <translation>本地副本已损坏，已另存为 %1，正在重新读取。</translation>
    </message>
    <message>
        <source>The local copy was written by a newer version (%1): it can be looked at, and is not changed.</source>
        <translation>本地副本由更新的版本 (%1) 写入：可以查看，不会被改动。</translation>
    </message>
</context>
<context>
    <name>kboss::SignInDialog</name>
    <message>
        <source>Looking for a keychain…</source>
        <translation>正在查找系统钥匙串…</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keychain and nowhere else.</source>
        <translation>只保存在本机钥匙串中，不在别处。</translation>
    </message>
    <message>
        <source>There is no keychain on this computer: you will be asked each time. Nothing is written to a file.</source>
        <translation>本机没有可用的钥匙串：每次都会询问，不会写入任何文件。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign in to “%1”</source>
        <translation>登录“%1”</translation>
    </message>
    <message>
        <source>Until then you see the local copy, and nothing can be changed.</source>
        <translation>登录之前显示本地副本，不能修改。</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>一次性代码</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Billing token</source>
        <translation>计费令牌</translation>
    </message>
    <message>
        <source>Remember on this computer</source>
        <translation>在本机记住</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
</context>
<context>
    <name>kboss::StartPage</name>
    <message>
        <source>Kboss Console</source>
        <translation>Kboss 控制台</translation>
    </message>
    <message>
        <source>Connected as “%1”. Everything you read stays on this computer as a copy and works offline.</source>
        <translation>当前连接“%1”。读取过的数据都会在本机留有副本，离线可用。</translation>
    </message>
    <message>
        <source>One console for compute centers, nodes and accounts. Choose how to begin; both can be changed later.</source>
        <translation>管理算力中心、节点与账户的桌面控制台。请选择如何开始，之后都可以更改。</translation>
    </message>
    <message>
        <source>Version %1 · GPL-3.0-or-later · data in %2</source>
        <translation>版本 %1 · GPL-3.0-or-later · 数据位于 %2</translation>
    </message>
    <message>
        <source>Try it on this computer</source>
        <translation>在本机试用</translation>
    </message>
    <message>
        <source>Starts a service of its own here, filled with invented data. It is reached by this console only, needs no account, and everything can be changed without harm.</source>
        <translation>在本机启动一个独立服务，填入虚构的示例数据。只有此控制台能访问，无需账号，可以随意修改。</translation>
    </message>
    <message>
        <source>Small: 30 centers, 600 nodes, 2,000 billing accounts</source>
        <translation>小：30 个算力中心、600 个节点、2,000 个计费账户</translation>
    </message>
    <message>
        <source>Medium: 100,000 billing accounts</source>
        <translation>中：100,000 个计费账户</translation>
    </message>
    <message>
        <source>Large: 1,000,000 billing accounts, takes about a minute to fill</source>
        <translation>大：1,000,000 个计费账户，约需一分钟生成</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>连接服务器</translation>
    </message>
    <message>
        <source>You need its address, and a name and password, a token or a one-time code. Passwords are kept in this computer&apos;s keychain or nowhere.</source>
        <translation>需要服务器地址，以及用户名和密码、令牌或一次性代码。密码只保存在本机钥匙串，没有钥匙串则不保存。</translation>
    </message>
    <message>
        <source>Connect to a server…</source>
        <translation>连接服务器…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开%1</translation>
    </message>
    <message>
        <source>find a page or run an action</source>
        <translation>查找页面或执行操作</translation>
    </message>
    <message>
        <source>next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>tab into its own window</source>
        <translation>标签页移到独立窗口</translation>
    </message>
    <message>
        <source>narrow navigation</source>
        <translation>收窄导航</translation>
    </message>
</context>
<context>
    <name>kboss::TableHeader</name>
    <message>
        <source>Click to sort, with Shift as a further key</source>
        <translation>点击排序，按住 Shift 追加排序</translation>
    </message>
</context>
<context>
    <name>kboss::TotalsTable</name>
    <message>
        <source>%1 selected, by currency</source>
        <translation>已选 %1 行，按币种合计</translation>
    </message>
    <message>
        <source>All %1, by currency</source>
        <translation>匹配的 %1 行，按币种合计</translation>
    </message>
    <message>
        <source>one more currency</source>
        <translation>另有 1 个币种</translation>
    </message>
    <message>
        <source>%1 more currencies</source>
        <translation>另有 %1 个币种</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
</context>
<context>
    <name>kboss::Tour</name>
    <message>
        <source>%1 cannot be made</source>
        <translation>无法创建 %1</translation>
    </message>
    <message>
        <source>There is no connection</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <source>The connection failed</source>
        <translation>连接失败</translation>
    </message>
</context>
<context>
    <name>kboss::UndoFlow</name>
    <message>
        <source>Undoing the change</source>
        <translation>撤销操作</translation>
    </message>
    <message>
        <source>Undo this change to “%1”?</source>
        <translation>撤销对“%1”的这次修改吗？</translation>
    </message>
    <message>
        <source>These fields get their old values back. Before that the object is read again; if it was changed since, nothing is sent.</source>
        <translation>这些字段将恢复原值。执行前会重新读取并比对，若之后又被改动则不发送。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>This kind of change cannot be undone from here.</source>
        <translation>这类操作不能在这里撤销。</translation>
    </message>
</context>
<context>
    <name>kboss::Workspace</name>
    <message>
        <source>Leave “%1” without saving?</source>
        <translation>不保存就离开“%1”吗？</translation>
    </message>
    <message>
        <source>What you typed there and did not save will be lost.</source>
        <translation>已输入而未保存的内容会丢失。</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>不保存并离开</translation>
    </message>
</context>
<context>
    <name>kboss::WriteController</name>
    <message>
        <source>Somebody changed this meanwhile; nothing was sent. %1</source>
        <translation>已被他人改动，未发送。%1</translation>
    </message>
    <message>
        <source>%1 was changed meanwhile, so nothing was sent. %2</source>
        <translation>%1 已被改动，因此未发送。%2</translation>
    </message>
    <message>
        <source>%1 was added</source>
        <translation>已添加%1</translation>
    </message>
    <message>
        <source>%1 saved, %2 changes</source>
        <translation>%1已保存，%2 处修改</translation>
    </message>
    <message>
        <source>%1 saved, one change</source>
        <translation>%1已保存，1 处修改</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>撤销%1</translation>
    </message>
    <message>
        <source>%1 is as it was before</source>
        <translation>%1 已恢复原样</translation>
    </message>
    <message>
        <source>%1: %2 rows</source>
        <translation>%1：%2 行</translation>
    </message>
    <message>
        <source>%1 “%2” will be removed from the service. This cannot be undone from here.</source>
        <translation>将从服务中移除%1“%2”。此操作不能在这里撤销。</translation>
    </message>
    <message>
        <source>These %1 rows will be removed from the service, one after another. This cannot be undone from here.</source>
        <translation>将从服务中逐一移除这 %1 行。此操作不能在这里撤销。</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>Type their number to go on.</source>
        <translation>输入它们的数量以继续。</translation>
    </message>
    <message>
        <source>%1 rows removed</source>
        <translation>已移除 %1 行</translation>
    </message>
    <message>
        <source>1 row removed</source>
        <translation>已移除 1 行</translation>
    </message>
    <message>
        <source>Remove %1 of %2 rows</source>
        <translation>移除 %2 行中的 %1 行</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1 已移除</translation>
    </message>
</context>
<context>
    <name>kboss::PickBox</name>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>读取中</translation>
    </message>
    <message>
        <source>no longer in the list</source>
        <translation>已不在列表中</translation>
    </message>
    <message>
        <source>“%1” is not in the list: choose one of it</source>
        <translation>列表中没有“%1”，请从列表中选择</translation>
    </message>
    <message>
        <source>What was chosen is no longer in the list</source>
        <translation>所选的已不在列表中</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Type to search</source>
        <translation>输入可搜索</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>kboss::FormOffers</name>
    <message>
        <source>Choose “%1” first</source>
        <translation>请先选择“%1”</translation>
    </message>
    <message>
        <source>This list was not read yet, and the service cannot be reached</source>
        <translation>该列表还未读取过，且现在连不上服务</translation>
    </message>
    <message>
        <source>Reading the list…</source>
        <translation>正在读取列表…</translation>
    </message>
    <message>
        <source>The list could not be read: %1</source>
        <translation>列表读取失败：%1</translation>
    </message>
    <message>
        <source>There is none to choose from</source>
        <translation>没有可选的内容</translation>
    </message>
</context>
<context>
    <name>ClusterChanges</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Node ready</source>
        <translation>节点已就绪</translation>
    </message>
    <message>
        <source>Node not ready</source>
        <translation>节点未就绪</translation>
    </message>
    <message>
        <source>Node cordoned</source>
        <translation>停止调度</translation>
    </message>
    <message>
        <source>Trouble over</source>
        <translation>异常已消除</translation>
    </message>
    <message>
        <source>Node in trouble</source>
        <translation>节点异常</translation>
    </message>
    <message>
        <source>Labels changed</source>
        <translation>标签修改</translation>
    </message>
    <message>
        <source>Node joined</source>
        <translation>节点加入</translation>
    </message>
    <message>
        <source>Node left</source>
        <translation>节点离开</translation>
    </message>
    <message>
        <source>Cluster ready</source>
        <translation>集群已就绪</translation>
    </message>
    <message>
        <source>Cluster not ready</source>
        <translation>集群未就绪</translation>
    </message>
    <message>
        <source>Version changed</source>
        <translation>版本变更</translation>
    </message>
    <message>
        <source>Certificates renewed</source>
        <translation>证书已续期</translation>
    </message>
    <message>
        <source>Certificates end earlier</source>
        <translation>证书到期提前</translation>
    </message>
    <message>
        <source>End of service changed</source>
        <translation>停用日期修改</translation>
    </message>
    <message>
        <source>Cluster renamed</source>
        <translation>集群改名</translation>
    </message>
    <message>
        <source>Pod appeared</source>
        <translation>实例新增</translation>
    </message>
    <message>
        <source>Pod gone</source>
        <translation>实例消失</translation>
    </message>
    <message>
        <source>Pod in trouble</source>
        <translation>实例异常</translation>
    </message>
    <message>
        <source>Pod running</source>
        <translation>实例运行</translation>
    </message>
    <message>
        <source>Pod state changed</source>
        <translation>实例状态变化</translation>
    </message>
    <message>
        <source>Pod restarted</source>
        <translation>实例重启</translation>
    </message>
    <message>
        <source>Pod placed</source>
        <translation>实例已调度</translation>
    </message>
    <message>
        <source>Pod moved</source>
        <translation>实例迁移</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 个节点</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>%1 个实例</translation>
    </message>
</context>
<context>
    <name>kboss::ClusterPage</name>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 % asked for</source>
        <translation>%1 % 已分配</translation>
    </message>
    <message>
        <source>asked for %1</source>
        <translation>已分配 %1</translation>
    </message>
    <message>
        <source>in use %1</source>
        <translation>实用 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩 %1</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>cores</source>
        <translation>核</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>cards</source>
        <translation>卡</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Nodes ready: %1 of %2</source>
        <translation>节点就绪 %1 / %2</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>尚未就绪</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>In service %1 to %2</source>
        <translation>启用 %1 至 %2</translation>
    </message>
    <message>
        <source>Certificates until %1</source>
        <translation>证书到 %1</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>最近变化</translation>
    </message>
    <message>
        <source>Changes · %1 unread</source>
        <translation>最近变化 · %1 条未读</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>集群 %1</translation>
    </message>
    <message>
        <source>Mark all as read</source>
        <translation>全部标为已读</translation>
    </message>
    <message>
        <source>Degraded: nodes not ready: %1</source>
        <translation>降级:%1 个节点未就绪</translation>
    </message>
    <message>
        <source>in trouble %1</source>
        <translation>异常 %1</translation>
    </message>
    <message>
        <source>waiting %1</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>other %1</source>
        <translation>其他 %1</translation>
    </message>
    <message>
        <source>running %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>Nothing has changed on the cluster, its nodes and its pods.</source>
        <translation>集群、节点和实例都没有变化。</translation>
    </message>
    <message>
        <source>Being removed</source>
        <translation>正在移除</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>没有回答</translation>
    </message>
    <message>
        <source>State unknown</source>
        <translation>状态未知</translation>
    </message>
    <message>
        <source>Figures of %1</source>
        <translation>数据时间 %1</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>还没有数据</translation>
    </message>
</context>
<context>
    <name>kboss::InstancePane</name>
    <message>
        <source>An instance needs a CPU, memory and a data disk</source>
        <translation>创建实例需要 CPU、内存和数据盘</translation>
    </message>
    <message>
        <source>Create an instance</source>
        <translation>创建实例</translation>
    </message>
    <message>
        <source>An instance has one %1: make a quote of its own for each model</source>
        <translation>一个实例只能有一种%1：请为每种型号单独报价</translation>
    </message>
    <message>
        <source>The amounts cannot be divided equally among %1 instances</source>
        <translation>数量无法平均分给 %1 个实例</translation>
    </message>
    <message>
        <source>As in the quote</source>
        <translation>与报价一致</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>system disk</source>
        <translation>系统盘</translation>
    </message>
    <message>
        <source>data disk</source>
        <translation>数据盘</translation>
    </message>
</context>
<context>
    <name>kboss::PartTreeModel</name>
    <message>
        <source>not on sale</source>
        <translation>未上架</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无货</translation>
    </message>
    <message>
        <source>Model and unit price</source>
        <translation>型号与单价</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩 %1</translation>
    </message>
</context>
<context>
    <name>kboss::PartsPane</name>
    <message>
        <source>Parts</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Model or initials</source>
        <translation>型号或拼音首字母</translation>
    </message>
</context>
<context>
    <name>kboss::PriceHead</name>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Conversion</source>
        <translation>换算</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Subtotal (CNY)</source>
        <translation>小计(元)</translation>
    </message>
</context>
<context>
    <name>kboss::PriceLineDelegate</name>
    <message>
        <source>Does not fit, not in the total</source>
        <translation>放不下,未计入合计</translation>
    </message>
    <message>
        <source>What fits now</source>
        <translation>现在可行的方案</translation>
    </message>
    <message>
        <source>Placed on</source>
        <translation>放置在</translation>
    </message>
    <message>
        <source>This line (CNY)</source>
        <translation>本行(元)</translation>
    </message>
    <message>
        <source>New total (CNY)</source>
        <translation>新合计(元)</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>采用</translation>
    </message>
</context>
<context>
    <name>kboss::PriceLinesModel</name>
    <message>
        <source>What fits now</source>
        <translation>现在可行的方案</translation>
    </message>
</context>
<context>
    <name>Quote</name>
    <message>
        <source>The price has more digits than can be counted exactly.</source>
        <translation>价格位数过多,无法精确计算。</translation>
    </message>
    <message>
        <source>The price is in units that are not known: %1.</source>
        <translation>价格的单位无法识别:%1。</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>算力中心</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例数</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Prices as of</source>
        <translation>价格时间</translation>
    </message>
    <message>
        <source>Quote %1</source>
        <translation>报价 %1</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>第 %1 版</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>型号</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Conversion</source>
        <translation>换算</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Subtotal (CNY)</source>
        <translation>小计(元)</translation>
    </message>
    <message>
        <source>Not in the total: %1</source>
        <translation>未计入合计:%1</translation>
    </message>
    <message>
        <source>Sum before rounding</source>
        <translation>取整前合计</translation>
    </message>
    <message>
        <source>Rounded to 0.01, half up, once for the whole quote</source>
        <translation>四舍五入到 0.01,整张报价一次</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>%1, without %2 that do not fit</source>
        <translation>%1,不含放不下的 %2 行</translation>
    </message>
    <message>
        <source>%1, without the one that does not fit</source>
        <translation>%1,不含放不下的 1 行</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 line</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>A month has 30 days, a week 7 days, a day 24 hours; 1 Gi = 1,024 Mi.</source>
        <translation>一个月按 30 天、一周 7 天、一天 24 小时计;1 Gi = 1,024 Mi。</translation>
    </message>
    <message>
        <source>Made on %1.</source>
        <translation>制作于 %1。</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>The sum has more digits than can be counted exactly.</source>
        <translation>合计位数过多,无法精确计算。</translation>
    </message>
    <message>
        <source>units agree</source>
        <translation>单位一致</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Price of %1</source>
        <translation>%1 的价格</translation>
    </message>
    <message>
        <source>core</source>
        <translation>核</translation>
    </message>
    <message>
        <source>card</source>
        <translation>卡</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>h</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>day</source>
        <translation>天</translation>
    </message>
    <message>
        <source>week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>CNY</source>
        <translation>元</translation>
    </message>
    <message>
        <source>jiao</source>
        <translation>角</translation>
    </message>
    <message>
        <source>fen</source>
        <translation>分</translation>
    </message>
    <message>
        <source>thousandth of a core</source>
        <translation>毫核</translation>
    </message>
    <message>
        <source>%1 has %2 left</source>
        <translation>%1 剩 %2</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>cores</source>
        <translation>核</translation>
    </message>
    <message>
        <source>cards</source>
        <translation>卡</translation>
    </message>
    <message>
        <source>%1 core</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 card</source>
        <translation>%1 卡</translation>
    </message>
    <message>
        <source>%1 cards</source>
        <translation>%1 卡</translation>
    </message>
    <message>
        <source>%1 hour</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 day</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 week</source>
        <translation>%1 周</translation>
    </message>
    <message>
        <source>%1 weeks</source>
        <translation>%1 周</translation>
    </message>
    <message>
        <source>%1 month</source>
        <translation>%1 个月</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1 个月</translation>
    </message>
    <message>
        <source>%1 does not sell %2.</source>
        <translation>%1 不出售 %2。</translation>
    </message>
    <message>
        <source>%1 is not on sale in %2.</source>
        <translation>%1 未在 %2 上架。</translation>
    </message>
    <message>
        <source>%1 has %2 of %3 left, %4 are asked for.</source>
        <translation>%1 的 %3 只剩 %2,需要 %4。</translation>
    </message>
    <message>
        <source>An instance has one model of %1, and another line has %2.</source>
        <translation>一个实例只能用一种型号的 %1,另一行已选 %2。</translation>
    </message>
    <message>
        <source>%1 cannot be divided equally among %2 instances.</source>
        <translation>%1 不能平均分给 %2 个实例。</translation>
    </message>
    <message>
        <source>An instance runs on one node: %1 has %2 of %3 left in all, a single node at most %4.</source>
        <translation>实例运行在一个节点上:%1 的 %3 共剩 %2,单个节点最多 %4。</translation>
    </message>
    <message>
        <source>An instance runs on one node: no node has %1 of %2 left beside the parts above.</source>
        <translation>实例运行在一个节点上:放下以上部件后,没有节点还剩 %1 的 %2。</translation>
    </message>
    <message>
        <source>Fits: the cluster has %1 left</source>
        <translation>放得下:集群剩 %1</translation>
    </message>
    <message>
        <source>nodes not known</source>
        <translation>节点情况未知</translation>
    </message>
    <message>
        <source>Split into %1 instances of %2, same in all</source>
        <translation>拆成 %1 个各 %2 的实例,总量不变</translation>
    </message>
    <message>
        <source>Take %1, still one instance</source>
        <translation>改为 %1,仍是一个实例</translation>
    </message>
    <message>
        <source>Take %1, still %2 instances</source>
        <translation>改为 %1,仍是 %2 个实例</translation>
    </message>
    <message>
        <source>%1 instead, %2</source>
        <translation>换成 %1,%2</translation>
    </message>
    <message>
        <source>The whole quote in %1</source>
        <translation>整张报价放到 %1</translation>
    </message>
    <message>
        <source>The service gives no price of this part that can be read.</source>
        <translation>服务没有给出该部件可读的价格。</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无价格</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteCheck</name>
    <message>
        <source>The service says %1: it multiplies amounts without converting units</source>
        <translation>服务端为 %1:它按数量直接相乘,不换算单位</translation>
    </message>
    <message>
        <source>The service says %1 with today's prices</source>
        <translation>按今天的价格,服务端为 %1</translation>
    </message>
    <message>
        <source>The service says %1</source>
        <translation>服务端为 %1</translation>
    </message>
    <message>
        <source>Offline: not checked with the service</source>
        <translation>离线:未与服务端核对</translation>
    </message>
    <message>
        <source>Checking with the service</source>
        <translation>正在与服务端核对</translation>
    </message>
    <message>
        <source>The service says the same</source>
        <translation>与服务端一致</translation>
    </message>
    <message>
        <source>The service refuses: %1</source>
        <translation>服务端拒绝:%1</translation>
    </message>
    <message>
        <source>The service could not be asked</source>
        <translation>无法询问服务端</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteDesk</name>
    <message>
        <source>Reading quotes</source>
        <translation>读取报价</translation>
    </message>
    <message>
        <source>Keeping what was typed</source>
        <translation>保存输入</translation>
    </message>
    <message>
        <source>Saving quote %1</source>
        <translation>保存报价 %1</translation>
    </message>
    <message>
        <source>Removing quote %1</source>
        <translation>删除报价 %1</translation>
    </message>
    <message>
        <source>Duplicating quote %1</source>
        <translation>复制报价 %1</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteHead</name>
    <message>
        <source>A day like 2026-12-31</source>
        <translation>日期,例如 2026-12-31</translation>
    </message>
    <message>
        <source>This day is past</source>
        <translation>这一天已过</translation>
    </message>
    <message>
        <source>Quote %1</source>
        <translation>报价 %1</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>instance created</source>
        <translation>已创建实例</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>第 %1 版</translation>
    </message>
    <message>
        <source>changes not saved</source>
        <translation>有未保存的修改</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Prices and stock: %1</source>
        <translation>价格与库存:%1</translation>
    </message>
    <message>
        <source>= %1 h</source>
        <translation>= %1 小时</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>算力中心</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例数</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Unit of the term</source>
        <translation>时长单位</translation>
    </message>
    <message>
        <source>Choose a center</source>
        <translation>选择算力中心</translation>
    </message>
    <message>
        <source>Choose a cluster</source>
        <translation>选择集群</translation>
    </message>
    <message>
        <source>Read prices and stock again</source>
        <translation>重新读取价格与库存</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>weeks</source>
        <translation>周</translation>
    </message>
    <message>
        <source>months</source>
        <translation>月</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteListModel</name>
    <message>
        <source>instance created</source>
        <translation>已创建实例</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>no longer valid</source>
        <translation>已过有效期</translation>
    </message>
    <message>
        <source>version %1, changed</source>
        <translation>第 %1 版,有修改</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>第 %1 版</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>算力中心</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Total (CNY)</source>
        <translation>合计(元)</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效期至</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>最近修改</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteListPage</name>
    <message>
        <source>The file of quotes was damaged and set aside; a new one was begun</source>
        <translation>报价文件已损坏并另存,已新建一个</translation>
    </message>
    <message>
        <source>Reading quotes</source>
        <translation>正在读取报价</translation>
    </message>
    <message>
        <source>%1 quotes, kept on this computer</source>
        <translation>%1 张报价,保存在本机</translation>
    </message>
    <message>
        <source>1 quote, kept on this computer</source>
        <translation>1 份报价,保存在本机</translation>
    </message>
    <message>
        <source>No quote matches</source>
        <translation>没有符合的报价</translation>
    </message>
    <message>
        <source>No quote yet</source>
        <translation>还没有报价</translation>
    </message>
    <message>
        <source>Number, customer, center, cluster or model, also by pinyin initials.</source>
        <translation>可按编号、客户、算力中心、集群或型号查找,也可用拼音首字母。</translation>
    </message>
    <message>
        <source>A quote is made from the parts of a center, also without network. It stays on this computer.</source>
        <translation>报价由算力中心的部件组成,没有网络也能制作,保存在本机。</translation>
    </message>
    <message>
        <source>New quote</source>
        <translation>新建报价</translation>
    </message>
    <message>
        <source>Duplicate quote</source>
        <translation>复制报价</translation>
    </message>
    <message>
        <source>Delete quote %1?</source>
        <translation>删除报价 %1?</translation>
    </message>
    <message>
        <source>The draft goes. This cannot be undone.</source>
        <translation>草稿将被删除,不能撤销。</translation>
    </message>
    <message>
        <source>All %1 versions go. This cannot be undone.</source>
        <translation>全部 %1 个版本将被删除,不能撤销。</translation>
    </message>
    <message>
        <source>Its one version goes. This cannot be undone.</source>
        <translation>唯一的版本将被删除,无法恢复。</translation>
    </message>
    <message>
        <source>Delete quote</source>
        <translation>删除报价</translation>
    </message>
    <message>
        <source>Delete quote %1</source>
        <translation>删除报价 %1</translation>
    </message>
    <message>
        <source>%1 was deleted</source>
        <translation>已删除 %1</translation>
    </message>
    <message>
        <source>Number, customer, model or initials</source>
        <translation>编号、客户、型号或首字母</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Delete quote…</source>
        <translation>删除报价…</translation>
    </message>
</context>
<context>
    <name>kboss::QuotePage</name>
    <message>
        <source>%1 saved as version %2</source>
        <translation>%1 已保存为第 %2 版</translation>
    </message>
    <message>
        <source>The file of quotes was damaged and set aside; a new one was begun</source>
        <translation>报价文件已损坏并另存,已新建一个</translation>
    </message>
    <message>
        <source>Adopted: %1</source>
        <translation>已采用:%1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Quote %1</source>
        <translation>报价 %1</translation>
    </message>
    <message>
        <source>A bar is what is left of the stock, amber below 10 %. This quote takes from %1 only.</source>
        <translation>横条为剩余库存,低于 10 % 变为琥珀色。本报价只从 %1 取用。</translation>
    </message>
    <message>
        <source>More clusters in the list above: %1.</source>
        <translation>另有 %1 个集群,见上方列表。</translation>
    </message>
    <message>
        <source>The price of a part has changed since it was picked: %1</source>
        <translation>选择之后,有一个部件的价格变了:%1</translation>
    </message>
    <message>
        <source>The prices of %1 parts have changed since they were picked: %2</source>
        <translation>选择之后,有 %1 个部件的价格变了:%2</translation>
    </message>
    <message>
        <source>This quote is an instance already</source>
        <translation>这张报价已创建实例</translation>
    </message>
    <message>
        <source>First see to the line that does not fit</source>
        <translation>请先处理放不下的一行</translation>
    </message>
    <message>
        <source>First see to the %1 lines that do not fit</source>
        <translation>请先处理放不下的 %1 行</translation>
    </message>
    <message>
        <source>This profile is read-only</source>
        <translation>此连接为只读</translation>
    </message>
    <message>
        <source>Offline: an instance needs the service</source>
        <translation>离线:创建实例需要服务端</translation>
    </message>
    <message>
        <source>First take over the prices that changed</source>
        <translation>请先采用变化后的价格</translation>
    </message>
    <message>
        <source>The service has another price</source>
        <translation>服务端的价格不同</translation>
    </message>
    <message>
        <source>There is no quote %1</source>
        <translation>没有报价 %1</translation>
    </message>
    <message>
        <source>It was removed, maybe in another window.</source>
        <translation>它已被删除,可能是在另一个窗口中。</translation>
    </message>
    <message>
        <source>No center is chosen</source>
        <translation>未选择算力中心</translation>
    </message>
    <message>
        <source>Choose the compute center above: its parts and their stock stand here.</source>
        <translation>请在上方选择算力中心:这里会显示它的部件与库存。</translation>
    </message>
    <message>
        <source>This center sells no parts</source>
        <translation>该算力中心没有可售部件</translation>
    </message>
    <message>
        <source>Parts and their prices are added under Parts.</source>
        <translation>部件与价格在“算力部件”中添加。</translation>
    </message>
    <message>
        <source>Offline, and these parts were never read</source>
        <translation>离线,且从未读取过这些部件</translation>
    </message>
    <message>
        <source>Once they were read, quotes can be made without the service.</source>
        <translation>读取一次之后,没有服务端也能报价。</translation>
    </message>
    <message>
        <source>The parts could not be read</source>
        <translation>无法读取部件</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Reading parts and stock</source>
        <translation>正在读取部件与库存</translation>
    </message>
    <message>
        <source>Nothing is picked yet</source>
        <translation>还没有选择部件</translation>
    </message>
    <message>
        <source>Take parts at the left with + or by typing an amount. The price stands here line by line.</source>
        <translation>在左侧按 + 或输入数量选择部件,这里逐行显示价格。</translation>
    </message>
    <message>
        <source>Choose another center?</source>
        <translation>更换算力中心?</translation>
    </message>
    <message>
        <source>Each center sells its own parts at its own prices: the %1 picked parts will be taken out.</source>
        <translation>各算力中心的部件与价格不同:已选的 %1 个部件将被移除。</translation>
    </message>
    <message>
        <source>Take them out</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Delete quote %1?</source>
        <translation>删除报价 %1?</translation>
    </message>
    <message>
        <source>The draft goes. This cannot be undone.</source>
        <translation>草稿将被删除,不能撤销。</translation>
    </message>
    <message>
        <source>All %1 versions go. This cannot be undone.</source>
        <translation>全部 %1 个版本将被删除,不能撤销。</translation>
    </message>
    <message>
        <source>Its one version goes. This cannot be undone.</source>
        <translation>唯一的版本将被删除,无法恢复。</translation>
    </message>
    <message>
        <source>Delete quote</source>
        <translation>删除报价</translation>
    </message>
    <message>
        <source>%1 was deleted</source>
        <translation>已删除 %1</translation>
    </message>
    <message>
        <source>Save quote</source>
        <translation>保存报价</translation>
    </message>
    <message>
        <source>Copy calculation</source>
        <translation>复制计算过程</translation>
    </message>
    <message>
        <source>Export PDF…</source>
        <translation>导出 PDF…</translation>
    </message>
    <message>
        <source>Export XLSX…</source>
        <translation>导出 XLSX…</translation>
    </message>
    <message>
        <source>Duplicate quote</source>
        <translation>复制报价</translation>
    </message>
    <message>
        <source>Back to the saved version</source>
        <translation>恢复到已保存的版本</translation>
    </message>
    <message>
        <source>Take over prices</source>
        <translation>采用新价格</translation>
    </message>
    <message>
        <source>Create instance…</source>
        <translation>创建实例…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Delete quote…</source>
        <translation>删除报价…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Price, line by line</source>
        <translation>逐行价格</translation>
    </message>
    <message>
        <source>%1 exported to %2</source>
        <translation>%1 已导出到 %2</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>The calculation of %1 is on the clipboard</source>
        <translation>%1 的计算过程已复制到剪贴板</translation>
    </message>
    <message>
        <source>The lines that do not fit are shown as such; the total is without them.</source>
        <translation>放不下的行会注明,合计不含这些行。</translation>
    </message>
    <message>
        <source>The whole calculation with every line, exact.</source>
        <translation>完整计算过程,逐行精确。</translation>
    </message>
    <message>
        <source>Export PDF</source>
        <translation>导出 PDF</translation>
    </message>
    <message>
        <source>Export XLSX</source>
        <translation>导出 XLSX</translation>
    </message>
    <message>
        <source>The service's price is being asked for</source>
        <translation>正在核对服务端价格</translation>
    </message>
    <message>
        <source>The service's price is not known</source>
        <translation>服务端价格未知</translation>
    </message>
</context>
<context>
    <name>kboss::QuoteTotals</name>
    <message>
        <source>Sum before rounding</source>
        <translation>取整前合计</translation>
    </message>
    <message>
        <source>Rounded to 0.01</source>
        <translation>取整到 0.01</translation>
    </message>
    <message>
        <source>half up, once for the whole quote</source>
        <translation>四舍五入,整张报价一次</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>CNY</source>
        <translation>元</translation>
    </message>
    <message>
        <source>Against version %1</source>
        <translation>与第 %1 版相比</translation>
    </message>
    <message>
        <source>Version %1 → %2</source>
        <translation>第 %1 版 → %2</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
</context>
<context>
    <name>kboss::ResourceModel</name>
    <message>
        <source>Without %1</source>
        <translation>无%1</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 troubled</source>
        <translation>%1 个异常</translation>
    </message>
</context>
<context>
    <name>kboss::RowChooser</name>
    <message>
        <source>Find by name</source>
        <translation>按名称查找</translation>
    </message>
    <message>
        <source>Find in %1</source>
        <translation>在%1中查找</translation>
    </message>
    <message>
        <source>Nothing of that name</source>
        <translation>没有这个名称</translation>
    </message>
</context>
<context>
    <name>kboss::ScopeBar</name>
    <message>
        <source>Not chosen</source>
        <translation>未选择</translation>
    </message>
</context>
<context>
    <name>kboss::ScopedPage</name>
    <message>
        <source>There is no %1 yet</source>
        <translation>还没有%1</translation>
    </message>
    <message>
        <source>%1 belong to one. They appear here once it is there.</source>
        <translation>%1隶属于它,有了之后会显示在这里。</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>无法读取%1</translation>
    </message>
    <message>
        <source>Without them nobody knows whose %1 to show. They are read again by themselves.</source>
        <translation>没有它们就无法确定显示谁的%1,稍后会自动重新读取。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取%1</translation>
    </message>
    <message>
        <source>No %1 is chosen</source>
        <translation>未选择%1</translation>
    </message>
    <message>
        <source>Choose it above: %1 belong to one.</source>
        <translation>请在上方选择:%1隶属于它。</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>选择%1</translation>
    </message>
</context>
<context>
    <name>PercentChange</name>
    <message>
        <source>half up</source>
        <translation>四舍五入</translation>
    </message>
    <message>
        <source>half to even</source>
        <translation>四舍六入五成双</translation>
    </message>
    <message>
        <source>always down</source>
        <translation>一律舍去</translation>
    </message>
    <message>
        <source>always up</source>
        <translation>一律进位</translation>
    </message>
    <message>
        <source>“%1” is not a number. Write it as 5 or −12.5</source>
        <translation>“%1”不是数字，请写成 5 或 −12.5</translation>
    </message>
    <message>
        <source>%1 % would leave nothing of it: more than −100 is needed</source>
        <translation>%1 % 会把它降到 0 或以下：必须大于 −100</translation>
    </message>
    <message>
        <source>At most %1 decimals in the percent</source>
        <translation>百分比最多 %1 位小数</translation>
    </message>
    <message>
        <source>The result has more digits than can be counted exactly</source>
        <translation>结果位数过多，无法精确计算</translation>
    </message>
    <message>
        <source>%1 is below zero</source>
        <translation>结果 %1 小于 0</translation>
    </message>
    <message>
        <source>%1 has more than %2 decimals</source>
        <translation>%1 超过 %2 位小数</translation>
    </message>
    <message>
        <source>%1 becomes 0 when rounded: more decimals are needed</source>
        <translation>%1 舍入后变成 0：需要更多小数位</translation>
    </message>
    <message>
        <source>New = old × %1, rounded %3 to %2 decimals</source>
        <translation>新值 = 原值 × %1，%3，保留 %2 位小数</translation>
    </message>
    <message>
        <source>New = old × %1, not rounded: at most %2 decimals</source>
        <translation>新值 = 原值 × %1，不舍入，最多 %2 位小数</translation>
    </message>
</context>
<context>
    <name>Stock</name>
    <message>
        <source>no stock here</source>
        <translation>此处无库存</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>low: %1 left, %2 % or less</source>
        <translation>紧张：剩余 %1，不超过 %2 %</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>无人使用</translation>
    </message>
</context>
<context>
    <name>PartSpec</name>
    <message>
        <source>Not a list of parts</source>
        <translation>不是部件清单</translation>
    </message>
    <message>
        <source>The center does not sell this part now</source>
        <translation>算力中心目前不提供该部件</translation>
    </message>
</context>
<context>
    <name>kboss::PercentBox</name>
    <message>
        <source>Change in percent</source>
        <translation>按百分比调整</translation>
    </message>
    <message>
        <source>+5 or −12.5</source>
        <translation>+5 或 −12.5</translation>
    </message>
    <message>
        <source>Decimals of the result</source>
        <translation>结果的小数位数</translation>
    </message>
    <message>
        <source>decimals</source>
        <translation>位小数</translation>
    </message>
    <message>
        <source>How it is rounded</source>
        <translation>舍入方式</translation>
    </message>
    <message>
        <source>round %1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>do not round</source>
        <translation>不舍入</translation>
    </message>
    <message>
        <source>Reckoned exactly from each row's own value</source>
        <translation>按每一行自己的值精确计算</translation>
    </message>
</context>
<context>
    <name>kboss::InlineEdit</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Enter saves · Esc leaves</source>
        <translation>回车保存 · Esc 离开</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>Must be filled in</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>%1, no change yet</source>
        <translation>%1，尚未修改</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>不保存就离开？</translation>
    </message>
    <message>
        <source>%1: what you typed was not sent and would be lost.</source>
        <translation>%1：您填写的内容尚未发送，离开将丢失。</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
</context>
<context>
    <name>kboss::StockBars</name>
    <message>
        <source>All clusters</source>
        <translation>全部集群</translation>
    </message>
    <message>
        <source>Stock by cluster</source>
        <translation>各集群库存</translation>
    </message>
</context>
<context>
    <name>kboss::PriceTraceView</name>
    <message>
        <source>The prices of the parts were not read yet, and the service cannot be reached</source>
        <translation>尚未读取部件价格，且无法连接服务</translation>
    </message>
    <message>
        <source>Reading the prices of the parts…</source>
        <translation>正在读取部件价格…</translation>
    </message>
    <message>
        <source>The customer chooses the parts. One of each for %1 = %2 h:</source>
        <translation>由客户自选部件。每种部件各 1 份，租期 %1 = %2 小时：</translation>
    </message>
    <message>
        <source>%1 = %2 h</source>
        <translation>%1 = %2 小时</translation>
    </message>
    <message>
        <source>This cluster has no parts on sale</source>
        <translation>该集群没有在售部件</translation>
    </message>
    <message>
        <source>Price for the term (CNY)</source>
        <translation>租期价格（元）</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>无价格</translation>
    </message>
    <message>
        <source>reckoned here; the service gave no price</source>
        <translation>由本地计算；服务未给出价格</translation>
    </message>
    <message>
        <source>the service says the same</source>
        <translation>与服务给出的价格一致</translation>
    </message>
    <message>
        <source>the service says %1</source>
        <translation>服务给出 %1</translation>
    </message>
</context>
<context>
    <name>kboss::SpecBox</name>
    <message>
        <source>Add a part</source>
        <translation>添加部件</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Take this part out</source>
        <translation>移除此部件</translation>
    </message>
    <message>
        <source>Choose a part, or take the line out</source>
        <translation>请选择部件，或移除这一行</translation>
    </message>
    <message>
        <source>%1: say how much of it</source>
        <translation>%1：请填写数量</translation>
    </message>
    <message>
        <source>%1: “%2” is no whole amount above 0</source>
        <translation>%1：“%2”不是大于 0 的整数数量</translation>
    </message>
    <message>
        <source>%1 is there twice: put the amounts together</source>
        <translation>%1 重复了：请合并数量</translation>
    </message>
    <message>
        <source>%1 for a month: %2 CNY</source>
        <translation>%1，每月 %2 元</translation>
    </message>
</context>
<context>
    <name>PodWords</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等另外 %2 个</translation>
    </message>
    <message>
        <source>Must be filled in</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>Not an amount: 500m or 2 for cores, 512Mi or 2Gi for memory and disks</source>
        <translation>不是数量：核数写 500m 或 2，内存和磁盘写 512Mi 或 2Gi</translation>
    </message>
    <message>
        <source>Must be more than 0</source>
        <translation>必须大于 0</translation>
    </message>
    <message>
        <source>A port is 1 to 65535</source>
        <translation>端口为 1 到 65535</translation>
    </message>
    <message>
        <source>A node port is 30000 to 32767</source>
        <translation>节点端口为 30000 到 32767</translation>
    </message>
    <message>
        <source>Not a label: letters, digits, '-', '_' and '.', at most 63 each (app:web, disk=ssd)</source>
        <translation>不是标签：键和值各为字母、数字、“-”“_”“.”，最长 63（app:web、disk=ssd）</translation>
    </message>
    <message>
        <source>A path begins with /, is more than /, and has no .. and no colon</source>
        <translation>路径以 / 开头，不能只是 /，不能含 .. 或冒号</translation>
    </message>
    <message>
        <source>A name has letters or digits, at most 63</source>
        <translation>名称要含字母或数字，最长 63</translation>
    </message>
    <message>
        <source>Jobs restart on failure or never, the others always</source>
        <translation>Job 和 CronJob 在失败时重启或从不重启，其他控制器总是重启</translation>
    </message>
    <message>
        <source>Only StatefulSet and Deployment have replicas</source>
        <translation>只有 StatefulSet 和 Deployment 可以有多个副本</translation>
    </message>
    <message>
        <source>There is no such choice</source>
        <translation>没有这个选项</translation>
    </message>
    <message>
        <source>The image does not go with the kind</source>
        <translation>镜像与实例类型不符</translation>
    </message>
    <message>
        <source>GPUs need a model</source>
        <translation>分配 GPU 时必须指定型号</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>System disk</source>
        <translation>系统盘</translation>
    </message>
    <message>
        <source>Data disk</source>
        <translation>数据盘</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 core</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 cards</source>
        <translation>%1 卡</translation>
    </message>
    <message>
        <source>%1 card</source>
        <translation>%1 卡</translation>
    </message>
    <message>
        <source>Would run on %1</source>
        <translation>将运行在 %1</translation>
    </message>
    <message>
        <source>No node may carry it: none is open to pods with this model and these labels</source>
        <translation>没有节点可以承载：没有可调度且符合型号与标签的节点</translation>
    </message>
    <message>
        <source>It runs on every node that may carry it, and %1 cannot hold it: it lacks %2</source>
        <translation>它在每个可承载的节点上运行，而 %1 容纳不下：还差 %2</translation>
    </message>
    <message>
        <source>There is room for %1 of %2 replicas</source>
        <translation>只放得下 %2 个副本中的 %1 个</translation>
    </message>
    <message>
        <source>No single node can hold it. The nearest, %1, lacks %2</source>
        <translation>没有一个节点能容纳全部资源。最接近的 %1 还差 %2</translation>
    </message>
    <message>
        <source>Others, closed to it (control, cordoned, another model or label): %1.</source>
        <translation>另有 %1 个节点不可用：控制节点、停止调度、型号或标签不符。</translation>
    </message>
    <message>
        <source>What it has now stays taken until the cluster has answered: there must be room for both.</source>
        <translation>在集群应答之前，现有资源仍被占用：需要同时容纳修改前后的两份。</translation>
    </message>
    <message>
        <source>Nodes that can hold one: none of %1.</source>
        <translation>%1 个节点都放不下一个副本。</translation>
    </message>
    <message>
        <source>Nodes that can hold one: %1 of %2 (%3).</source>
        <translation>%2 个节点中有 %1 个能放下一个副本：%3。</translation>
    </message>
    <message>
        <source>Goes: %1</source>
        <translation>删除：%1</translation>
    </message>
    <message>
        <source>Goes: %1 pods, %2</source>
        <translation>删除：%1 个实例，%2</translation>
    </message>
    <message>
        <source>Goes: one pod, %1</source>
        <translation>删除：1 个实例，%1</translation>
    </message>
    <message>
        <source>Comes back: %1 %2, %3, on %4</source>
        <translation>归还：%1 %2，%3，节点 %4</translation>
    </message>
    <message>
        <source>Stays: %1</source>
        <translation>保留：%1</translation>
    </message>
</context>
<context>
    <name>PodForm</name>
    <message>
        <source>Workload</source>
        <translation>工作负载</translation>
    </message>
    <message>
        <source>Image and start</source>
        <translation>镜像与启动</translation>
    </message>
    <message>
        <source>Resources of one replica</source>
        <translation>每个副本的资源</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Node selector</source>
        <translation>节点选择器</translation>
    </message>
    <message>
        <source>First account</source>
        <translation>初始账号</translation>
    </message>
    <message>
        <source>%1 has this node port already</source>
        <translation>%1 已占用此节点端口</translation>
    </message>
    <message>
        <source>Runs once on every node of the cluster that may carry it.</source>
        <translation>在集群中每个可承载的节点上各运行一个。</translation>
    </message>
    <message>
        <source>Starts at every full hour, never twice at a time; one pod each time. The service has no field for another schedule.</source>
        <translation>每个整点运行一次，同一时间只运行一个，每次一个实例。服务没有设置其他运行计划的字段。</translation>
    </message>
    <message>
        <source>Runs once to its end, with at most six new tries.</source>
        <translation>运行一次直到结束，最多重试六次。</translation>
    </message>
    <message>
        <source>A pod alone: nobody starts it again when its node fails.</source>
        <translation>独立 Pod：节点故障时没有控制器重新启动它。</translation>
    </message>
    <message>
        <source>Free in this cluster: %1.</source>
        <translation>本集群可用：%1。</translation>
    </message>
    <message>
        <source>Empty: any worker. Workers in all: %1.</source>
        <translation>留空：任意工作节点，共 %1 个。</translation>
    </message>
    <message>
        <source>Workers that carry all of these: %1 of %2.</source>
        <translation>%2 个工作节点中有 %1 个带有这些标签。</translation>
    </message>
    <message>
        <source>Reached through the cluster's ingress; no port of the nodes is taken.</source>
        <translation>通过集群的 Ingress 访问，不占用节点端口。</translation>
    </message>
    <message>
        <source>Reached through the cluster's load balancer; it gives the outside port.</source>
        <translation>通过集群的负载均衡访问，外部端口由它分配。</translation>
    </message>
    <message>
        <source>MySQL's first account is root: the password becomes root's.</source>
        <translation>MySQL 的初始账号是 root：此密码即 root 的密码。</translation>
    </message>
    <message>
        <source>on %1 workers</source>
        <translation>%1 个工作节点</translation>
    </message>
    <message>
        <source>on one worker</source>
        <translation>在 1 个工作节点上</translation>
    </message>
</context>
<context>
    <name>kboss::StockList</name>
    <message>
        <source>%1: needs %2, free %3</source>
        <translation>%1：需要 %2，可用 %3</translation>
    </message>
    <message>
        <source>%1: needs %2, free %3, missing %4</source>
        <translation>%1：需要 %2，可用 %3，还差 %4</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>还差</translation>
    </message>
</context>
<context>
    <name>kboss::PodOutcome</name>
    <message>
        <source>not sold here</source>
        <translation>本中心没有</translation>
    </message>
    <message>
        <source>Not complete</source>
        <translation>未填完整</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>可以容纳</translation>
    </message>
    <message>
        <source>No node for it</source>
        <translation>没有可用节点</translation>
    </message>
    <message>
        <source>Does not fit on a node</source>
        <translation>节点容纳不下</translation>
    </message>
    <message>
        <source>Not enough stock</source>
        <translation>库存不足</translation>
    </message>
    <message>
        <source>Still to see to: %1</source>
        <translation>尚需处理：%1</translation>
    </message>
    <message>
        <source>Offline: not checked with the service</source>
        <translation>离线：未与服务核对</translation>
    </message>
    <message>
        <source>Checking with the service</source>
        <translation>正在与服务核对</translation>
    </message>
    <message>
        <source>The service says the same</source>
        <translation>服务的结论相同</translation>
    </message>
    <message>
        <source>The service has room for it</source>
        <translation>服务认为可以容纳</translation>
    </message>
    <message>
        <source>The service would refuse it</source>
        <translation>服务会拒绝</translation>
    </message>
    <message>
        <source>The service could not be asked</source>
        <translation>无法询问服务</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>修改前后</translation>
    </message>
    <message>
        <source>Before and after · %1</source>
        <translation>修改前后 · %1</translation>
    </message>
    <message>
        <source>Stock and room</source>
        <translation>库存与容纳</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Copy YAML</source>
        <translation>复制 YAML</translation>
    </message>
    <message>
        <source>YAML preview</source>
        <translation>YAML 预览</translation>
    </message>
    <message>
        <source>Changes of the YAML</source>
        <translation>YAML 的变化</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚无修改。</translation>
    </message>
    <message>
        <source>Before sending, the row is read again and compared. If somebody changed it meanwhile, nothing is overwritten.</source>
        <translation>发送前会重新读取并比对此行。若期间被他人改动，不会覆盖。</translation>
    </message>
    <message>
        <source>Stands here once everything is filled in.</source>
        <translation>填写完整后在此显示。</translation>
    </message>
</context>
<context>
    <name>kboss::PodEditorPage</name>
    <message>
        <source>The YAML is on the clipboard, without the password</source>
        <translation>YAML 已复制，不含密码</translation>
    </message>
    <message>
        <source>“%1” was never read, and the service cannot be reached: nobody knows what is free.</source>
        <translation>从未读取过“%1”，且服务无法连接：不知道还有多少可用。</translation>
    </message>
    <message>
        <source>Reading “%1”…</source>
        <translation>正在读取“%1”…</translation>
    </message>
    <message>
        <source>“%1” could not be read: %2</source>
        <translation>“%1”读取失败：%2</translation>
    </message>
    <message>
        <source>The service gives the ID and knows the customer: “new” and “customer” stand in their places.</source>
        <translation>ID 由服务分配，客户由服务确定：此处以“new”和“customer”代替。</translation>
    </message>
    <message>
        <source>As it was when everything was complete.</source>
        <translation>此为最近一次填写完整时的内容。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取%1</translation>
    </message>
    <message>
        <source>Offline, and this was never read</source>
        <translation>离线，且从未读取过</translation>
    </message>
    <message>
        <source>It appears by itself once the service answers.</source>
        <translation>服务恢复后会自动显示。</translation>
    </message>
    <message>
        <source>This configuration is gone</source>
        <translation>此配置已不存在</translation>
    </message>
    <message>
        <source>This cluster is gone</source>
        <translation>此集群已不存在</translation>
    </message>
    <message>
        <source>It was removed, maybe by somebody else.</source>
        <translation>它已被删除，可能是他人所为。</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>%1读取失败</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>集群 %1</translation>
    </message>
    <message>
        <source>Stock and nodes: %1</source>
        <translation>库存与节点：%1</translation>
    </message>
    <message>
        <source>Save configuration</source>
        <translation>保存配置</translation>
    </message>
    <message>
        <source>Read stock and nodes again</source>
        <translation>重新读取库存与节点</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制为新配置</translation>
    </message>
</context>
<context>
    <name>kboss::PodRemoval</name>
    <message>
        <source>and %1 more, each with its objects and stock</source>
        <translation>另有 %1 个，各自的对象与库存同样处理</translation>
    </message>
    <message>
        <source>Its pods or the stock of its nodes could not be read just now.</source>
        <translation>暂时无法读取它的实例或节点库存。</translation>
    </message>
</context>
<context>
    <name>kboss::ServerJobs</name>
    <message>
        <source>No longer watched from here. It goes on in the service.</source>
        <translation>这里不再跟踪，任务在服务端继续进行。</translation>
    </message>
    <message>
        <source>Done: %1</source>
        <translation>完成：%1</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Failed: %1. %2</source>
        <translation>失败：%1。%2</translation>
    </message>
    <message>
        <source>Show the job</source>
        <translation>查看任务</translation>
    </message>
</context>
</TS>
