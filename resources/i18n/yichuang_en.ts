<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
    <context>
    <name>About</name>
    <message>
        <location filename="../../app/presenters/about.py" line="32" />
        <source>一窗　综合窗口工作站</source>
        <translation>Yichuang, the window-clerk workstation</translation>
    </message>
    <message>
        <location filename="../../app/presenters/about.py" line="33" />
        <source>版本 {0}</source>
        <translation>Version {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/about.py" line="35" />
        <source>自由软件，按 GNU 通用公共许可证第 3 版或更高版本发布（GPL-3.0-or-later），不附带任何担保。</source>
        <translation>Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later), without any warranty.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/about.py" line="38" />
        <source>左边列出程序用到的其他作品、各自的版本和许可。</source>
        <translation>The list on the left names the other works in it, with their versions and licences.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/about.py" line="42" />
        <source>安装方式：{0}</source>
        <translation>Installed as: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/about.py" line="43" />
        <source>打包程序</source>
        <translation>package</translation>
    </message>
    <message>
        <location filename="../../app/presenters/about.py" line="43" />
        <source>源代码</source>
        <translation>source</translation>
    </message>
</context><context>
    <name>AcceptPresenter</name>
    <message>
        <location filename="../../app/presenters/accept.py" line="109" />
        <source>还不能受理</source>
        <translation>Not ready to accept</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="111" />
        <source>F5 跳到下一空项，F6 拍材料；来访人要先走，再按 F7 出一次性告知书。</source>
        <translation>F5 goes to the next empty field, F6 captures a material; if the visitor must leave, F7 again makes the one-time notice.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="141" />
        <source>编号 {0}，共 {1} 项需要补正</source>
        <translation>Number {0}, points to put right: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="142" />
        <source>交给来访人；改天再来的按 Ctrl+F12 约时间，按 F12 结束本次。</source>
        <translation>Give it to the visitor; Ctrl+F12 books a time to come again, F12 ends this visit.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="143" />
        <source>一次性告知书已生成</source>
        <translation>The one-time notice is made</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="197" />
        <source>当前离线，联网后自动上传，办件编码随后取得。</source>
        <translation>Offline now: sent by itself once online, the case numbers follow.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="198" />
        <source>已受理 {0} 件</source>
        <translation>Cases accepted: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="199" />
        <source>受理流水号 {0}</source>
        <translation>Provisional numbers {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="217" />
        <source>平台已确认 {0} 件</source>
        <translation>Confirmed by the platform: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="218" />
        <source>办件编码：{0}</source>
        <translation>Case numbers: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="230" />
        <source>F8 预览和再次打印</source>
        <translation>F8 shows it and prints again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="235" />
        <source>打印出来会标明“补打”</source>
        <translation>It comes out marked as a reprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="245" />
        <source>加急 {0} 个工作日</source>
        <translation>Urgent, {0} working days</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="247" />
        <source>即办</source>
        <translation>At once</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="248" />
        <source>承诺 {0} 个工作日</source>
        <translation>Working days: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="277" />
        <source>已填 {0}/{1} 项；分开填表要 {2} 项</source>
        <translation>{0}/{1} fields filled; separate forms would ask {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="280" />
        <source>在线受理：打印后即上传，取得办件编码</source>
        <translation>Online: sent after printing, the case numbers come back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/accept.py" line="282" />
        <source>离线受理（{0}）：发受理流水号，联网后自动上传</source>
        <translation>Offline ({0}): provisional numbers now, sent by itself once online</translation>
    </message>
</context><context>
    <name>Actions</name>
    <message>
        <location filename="../../widgets/actions.py" line="29" />
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="29" />
        <source>看当前这部分的帮助</source>
        <translation>Help for the part in hand</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="34" />
        <source>关于“一窗”</source>
        <translation>About Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="35" />
        <source>版本、许可，以及用到的其他作品</source>
        <translation>Version, licence, and the other works in it</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="42" />
        <source>读证件</source>
        <translation>Read ID</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="43" />
        <source>读居民身份证、居住证、永久居留身份证</source>
        <translation>Read a resident ID card or a residence permit</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="49" />
        <source>读社保卡</source>
        <translation>Read social-security card</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="50" />
        <source>读社会保障卡，与来访人比对；有密码键盘时请持卡人验密码</source>
        <translation>Read a social-security card and compare it with the visitor; with a PIN pad the holder shows the PIN</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="57" />
        <source>人证核对</source>
        <translation>Compare face</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="58" />
        <source>现场画面与证件照片并排，看是不是本人；结果记入办理记录</source>
        <translation>Live picture beside the card's photograph: is it the same person? The verdict is recorded</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="65" />
        <source>拍证件照</source>
        <translation>Take the photograph</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="66" />
        <source>一张照片给这次所有事项用，按各证件的规格裁好；同意的存下以后再用</source>
        <translation>One photo for all items of the visit, cut to each document's size; kept for later with consent</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="73" />
        <source>请申请人按号码</source>
        <translation>Applicant types the number</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="74" />
        <source>申请人在密码键盘上自己按手机号码，按好自动填入</source>
        <translation>The applicant types the telephone number on the PIN pad; it is filled in by itself</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="81" />
        <source>读证件芯片</source>
        <translation>Read the chip</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="82" />
        <source>读护照、旅行证件的芯片并核验真伪；Esc 取消</source>
        <translation>Read and check the chip of a passport or travel document; Esc cancels</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="89" />
        <source>读护照</source>
        <translation>Read passport</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="90" />
        <source>读护照、通行证的机读码：阅读机、高拍仪或已扫的材料</source>
        <translation>Read the machine-readable zone of a passport or permit: reader, document camera or scanned page</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="97" />
        <source>拍照识别证件</source>
        <translation>Card by camera</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="98" />
        <source>读卡器不能用时：高拍仪拍身份证、居住证、回乡证、台胞证，逐项核对后填入</source>
        <translation>When the reader cannot: cards and permits by the document camera, filled in once compared</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="102" />
        <source>选事项</source>
        <translation>Choose items</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="102" />
        <source>搜索并选择要办的事项</source>
        <translation>Search and choose what the visitor came for</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="108" />
        <source>扫证照</source>
        <translation>Scan licence</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="109" />
        <source>扫手机上的电子证照二维码</source>
        <translation>Scan the QR code of an e-licence on a phone</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="112" />
        <source>下一空项</source>
        <translation>Next field</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="112" />
        <source>跳到下一个必填的空项</source>
        <translation>Go to the next required field that is empty</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="114" />
        <source>拍材料</source>
        <translation>Capture</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="114" />
        <source>用高拍仪拍所选的材料</source>
        <translation>Capture the selected material with the document camera</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="119" />
        <source>扫描材料</source>
        <translation>Scan material</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="120" />
        <source>用扫描仪把纸扫进所选的材料，进纸器里的逐页收入；Esc 取消</source>
        <translation>Scan paper into the selected material, page by page from the feeder; Esc cancels</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="127" />
        <source>扫描方式</source>
        <translation>How to scan</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="128" />
        <source>选从哪里扫描、彩色还是灰度、清晰度；选过的下次还在</source>
        <translation>Where to scan from, colour or grey, how sharp; kept for next time</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="135" />
        <source>核对</source>
        <translation>Check</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="136" />
        <source>检查表单和材料，列出将受理的内容</source>
        <translation>Check form and materials, list what will be accepted</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="138" />
        <source>受理打印</source>
        <translation>Accept &amp; print</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="138" />
        <source>受理并打印受理通知书</source>
        <translation>Accept and print the notice of acceptance</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="143" />
        <source>打印清单</source>
        <translation>Print list</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="144" />
        <source>今天打印的文书：补打、换打印机、取消、确认是否出纸</source>
        <translation>Today's papers: reprint, change printer, cancel, say whether a paper is there</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="151" />
        <source>批量打印</source>
        <translation>Batch printing</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="152" />
        <source>一次打印许多份受理通知书：暂停、停止、从某一份起重打</source>
        <translation>Print many notices of acceptance in one go: pause, stop, print again from one on</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="156" />
        <source>待传清单</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="156" />
        <source>查看未上传的办件和原因</source>
        <translation>See the cases not sent yet, and why</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="162" />
        <source>暂停或继续上传</source>
        <translation>Pause or go on uploading</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="163" />
        <source>先不上传，受理照常；再按继续，重开程序也记得</source>
        <translation>Upload nothing for now, accepting goes on; again to go on. Remembered over a restart</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="170" />
        <source>导出到 U 盘</source>
        <translation>Export to a stick</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="171" />
        <source>把待传的办件和材料写成一个加密的数据包，拿到平台导入</source>
        <translation>Write what waits, cases and materials, as one encrypted packet to be carried to the platform</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="178" />
        <source>导入平台回执</source>
        <translation>Import the platform's answer</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="179" />
        <source>平台导入数据包后给出的回执，读入后待传清单随之更新</source>
        <translation>The answer that the platform gives to a packet; brings the outbox up to date</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="186" />
        <source>下一位</source>
        <translation>Next visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="187" />
        <source>结束本次办理，接待下一位</source>
        <translation>Finish this visit and receive the next visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="193" />
        <source>同单位下一人</source>
        <translation>Next of this firm</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="194" />
        <source>同一单位的下一位员工：单位信息和单位材料带过去，不再收</source>
        <translation>The next of the same firm's people: what is known of the firm and its papers go along</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="201" />
        <source>有误清单</source>
        <translation>What is wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="202" />
        <source>列出还差和有误的项，Enter 跳过去</source>
        <translation>List what is missing or wrong; Enter goes there</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="209" />
        <source>本项来源</source>
        <translation>Sources</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="210" />
        <source>看这一项的各个来源，已选定的可重新选择</source>
        <translation>See the sources of this field; a settled one can be chosen anew</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="217" />
        <source>下一部分</source>
        <translation>Next part</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="218" />
        <source>跳到申请表的下一部分</source>
        <translation>Go to the next part of the form</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="225" />
        <source>上一部分</source>
        <translation>Previous part</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="226" />
        <source>跳到申请表的上一部分</source>
        <translation>Go to the previous part of the form</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="233" />
        <source>官方表样</source>
        <translation>Official form</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="234" />
        <source>在申请表旁边显示填好的官方表样，再按收起</source>
        <translation>Show the official form, filled, beside the combined one; again puts it away</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="241" />
        <source>到表样上</source>
        <translation>To the form's page</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="242" />
        <source>光标到官方表样上：↑↓ 换栏，Enter 回到对应的项，P 打印</source>
        <translation>Keyboard onto the official form: ↑↓ from box to box, Enter to its field, P prints</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="249" />
        <source>换镜头</source>
        <translation>Next camera</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="250" />
        <source>画面换到另一个摄像头</source>
        <translation>Look through the other camera</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="257" />
        <source>画面大小</source>
        <translation>Picture size</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="258" />
        <source>选摄像头的画面大小；选过的下次还在</source>
        <translation>Choose the camera's picture size; kept for next time</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="265" />
        <source>画面调节</source>
        <translation>Adjust picture</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="266" />
        <source>调摄像头的亮度、对焦，选高拍仪的镜头；每台摄像头各记各的</source>
        <translation>Brightness and focus of the camera, head of the document camera; remembered for each camera</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="273" />
        <source>定格</source>
        <translation>Hold</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="274" />
        <source>画面停住不动，再按继续</source>
        <translation>Hold the picture; press again to go on</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="281" />
        <source>左右翻转</source>
        <translation>Mirror</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="282" />
        <source>画面左右翻转，拍下的也一样</source>
        <translation>Turn the picture left to right, in captures as well</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="289" />
        <source>提示音</source>
        <translation>Sounds</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="290" />
        <source>关闭或打开提示音</source>
        <translation>Turn the sounds off or on</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="297" />
        <source>命令面板</source>
        <translation>Command palette</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="298" />
        <source>找功能、事项、办件，回车即办</source>
        <translation>Find actions, items and cases; Enter does it</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="305" />
        <source>我的办件</source>
        <translation>My cases</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="306" />
        <source>查本窗口的办件：进展、材料、文书，重印</source>
        <translation>This window's cases: progress, materials, papers, print again</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="313" />
        <source>出具文书</source>
        <translation>Issue a paper</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="314" />
        <source>补正、不予受理、承诺书、退件、办结、送达等文书，也有交接班表</source>
        <translation>Notices of corrections, refusal, return, completion, service; commitments; the shift handover sheet</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="321" />
        <source>核验归档包</source>
        <translation>Check an archive package</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="322" />
        <source>看归档包是不是本系统导出的、有没有改动；导出在我的办件里</source>
        <translation>See whether an archive package is ours and unaltered; exporting is in My cases</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="329" />
        <source>今日看板</source>
        <translation>Today's board</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="330" />
        <source>今天的件数、时限灯、待办，打印日报</source>
        <translation>Today's figures, time limits, what is due; print the report</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="337" />
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="338" />
        <source>平台的消息：进展、补正、办结</source>
        <translation>The platform's messages: progress, corrections, results</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="345" />
        <source>更正核对</source>
        <translation>Settle corrections</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="346" />
        <source>更正与平台不一致的，逐项决定采用哪一个</source>
        <translation>Where a correction and the platform differ: which one stands, field by field</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="353" />
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="354" />
        <source>设备状态：怎么办、重新连接、试一试</source>
        <translation>How each device is, what to do, connect again, try out</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="361" />
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="362" />
        <source>本窗口的各项设置，每项写明来自哪里；负责人可以更改</source>
        <translation>This window's settings, each with where it comes from; the manager may change them</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="369" />
        <source>更新</source>
        <translation>Updates</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="370" />
        <source>检查更新；新版本备好后，没有来访者时重新打开启用</source>
        <translation>Look for a new version; once it is ready, reopen with it when nobody is being served</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="377" />
        <source>支持信息</source>
        <translation>Support bundle</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="378" />
        <source>整理给技术支持看的信息，去掉个人信息，看过再保存</source>
        <translation>Gather what support needs, without personal data; look at it, then save it</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="385" />
        <source>浏览器系统</source>
        <translation>Browser systems</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="386" />
        <source>部门的网页系统借用本窗口的设备：配对、准许、收回</source>
        <translation>Departments' web systems borrow this window's devices: pair, admit, take back</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="393" />
        <source>请群众确认</source>
        <translation>Confirm with the citizen</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="394" />
        <source>在群众屏上显示表单，请申请人核对签字</source>
        <translation>Show the form on the citizen’s screen to be checked and signed</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="401" />
        <source>叫号</source>
        <translation>Call next</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="402" />
        <source>叫下一位到本窗口；没有排队系统时输入号码</source>
        <translation>Call the next visitor to this counter; without a queue, enter the number</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="409" />
        <source>重呼</source>
        <translation>Call again</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="410" />
        <source>把刚才的号码再叫一遍</source>
        <translation>Call the same number once more</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="417" />
        <source>过号</source>
        <translation>No-show</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="418" />
        <source>叫了没有来，记为过号</source>
        <translation>Who was called did not come</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="425" />
        <source>收费</source>
        <translation>Take a fee</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="426" />
        <source>受理后刷卡或扫码收费；结果不明的先查询</source>
        <translation>After acceptance, by card or code; what is in doubt is asked for first</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="433" />
        <source>带入预约</source>
        <translation>Take the booking</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="434" />
        <source>把来访人预约的事项和内容带入</source>
        <translation>Take over what the visitor booked and wrote</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="441" />
        <source>查数据</source>
        <translation>Ask data</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="442" />
        <source>查其他部门的共享数据：填表、免交证明</source>
        <translation>Ask other departments' shared data: fills the form, spares papers</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="449" />
        <source>证照详情</source>
        <translation>Licence details</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="450" />
        <source>看扫到的证照：谁的、为什么可信、填哪些、免交哪些</source>
        <translation>The licence that was scanned: whose, why it counts, what it fills and spares</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="457" />
        <source>打开证照文件</source>
        <translation>Open licence file</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="458" />
        <source>打开 OFD 电子证照文件，核验印章；也可以把文件拖到窗口里</source>
        <translation>Open an e-licence that came as an OFD file and verify its seal; or drop the file on the window</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="465" />
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="466" />
        <source>撤回上一步：事项、填写、材料、收件要点</source>
        <translation>Take back the last step: items, entries, materials, acceptance points</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="470" />
        <source>恢复</source>
        <translation>Redo</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="470" />
        <source>重做撤销的一步</source>
        <translation>Do again what was taken back</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="476" />
        <source>外出受理</source>
        <translation>Out of office</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="477" />
        <source>领取外出任务包，离线上门受理，回来交回</source>
        <translation>Check out a visit pack, accept cases at people's places offline, give it back</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="484" />
        <source>我的驻点</source>
        <translation>My stations</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="485" />
        <source>今天和这一周在哪家企业驻点、有哪些在办事项；登记诉求、请假，离线也能用</source>
        <translation>At which firms you stand today and this week, and what is open there; demands, leave, offline too</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="492" />
        <source>企业事项</source>
        <translation>Firms' matters</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="493" />
        <source>联络单、诉求单、核查任务、联合会审、中介服务：登记、跟踪、销号</source>
        <translation>Contact and demand slips, inspections, joint reviews, intermediaries: open, follow, clear</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="500" />
        <source>企业服务</source>
        <translation>Firm</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="501" />
        <source>企业画像、政策匹配和测算、扫企业码起办的场景</source>
        <translation>A firm's profile, the policies that fit it and what they come to, what its code starts</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="508" />
        <source>自评、体检</source>
        <translation>Assessments</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="509" />
        <source>大型活动安全自评、企业体检：逐项作答，打印报告，可以沿用上次的</source>
        <translation>Safety of mass events, check-ups of firms: point by point, with a report; the last one can be used again</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="516" />
        <source>办事地图</source>
        <translation>Where to go</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="517" />
        <source>所选事项到哪里办、怎么走、哪个窗口；打印指引，手机扫码打开地图</source>
        <translation>Where a matter is handled, the way there, which window; prints the way, with a code for a phone's map</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="524" />
        <source>导入表格</source>
        <translation>Import a table</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="525" />
        <source>从 Excel 或 CSV 文件导入名册，或者继续上次没有改完的表格</source>
        <translation>Import a list from an Excel or CSV file, or go on with the table left unfinished</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="532" />
        <source>核验文书</source>
        <translation>Verify a paper</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="533" />
        <source>核对 PDF 或纸质文书是不是窗口出具、有没有改动，不联网也行</source>
        <translation>Is a PDF or a printed paper ours and unaltered? Works offline too</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="540" />
        <source>身份核验</source>
        <translation>Check identity</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="541" />
        <source>证件真不真、是不是本人、有没有挂失，在一处看；记录并出反馈单</source>
        <translation>Is the document genuine, is it this person's, is it reported lost: in one place; record and slip</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="548" />
        <source>挂起</source>
        <translation>Park</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="549" />
        <source>把手上的办理放到一边，先接待下一位</source>
        <translation>Put the present visit aside and serve the next visitor first</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="556" />
        <source>挂起清单</source>
        <translation>Parked visits</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="557" />
        <source>查看挂起的来访者；Alt+1 … Alt+9 直接取回</source>
        <translation>See who is parked; Alt+1 … Alt+9 takes a visit up again</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="564" />
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="565" />
        <source>离开座位时遮住画面，输入口令回到原处</source>
        <translation>Cover the screen when you leave; your PIN brings you back to the same place</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="572" />
        <source>约下次来的时间</source>
        <translation>Book the next visit</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="573" />
        <source>读过证件后，替来访者预约下次来的时间：改期、取消、打印预约单</source>
        <translation>Once a card is read: book a time for the visitor to come again, move or cancel it, print the slip</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="580" />
        <source>暂停服务或恢复</source>
        <translation>Pause or resume service</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="581" />
        <source>本窗口暂停叫号，再按恢复服务</source>
        <translation>This window calls nobody; press again to resume</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="588" />
        <source>交接班</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="589" />
        <source>退出登录，换人上岗；挂起的办理留给下一位</source>
        <translation>Sign out for the next clerk; parked visits stay for them</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="596" />
        <source>窗口人员</source>
        <translation>Clerks</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="597" />
        <source>登记人员、重设口令、停用（负责人）</source>
        <translation>Register clerks, give a new PIN, retire (managers)</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="604" />
        <source>恢复码</source>
        <translation>Recovery code</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="605" />
        <source>生成恢复码，抄在纸上由管理员保管（负责人）</source>
        <translation>Make the recovery code; copied onto paper, the administrator keeps it (manager)</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="612" />
        <source>帮办</source>
        <translation>Assisted visit</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="613" />
        <source>群众屏用大字、一次只问一项，立等可取的排在前面；再按结束，下一位自动恢复</source>
        <translation>Large type and one question at a time on the citizen's screen, items decided at once first; again to end it, and it ends with the visit</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="620" />
        <source>不用帮办</source>
        <translation>No assisted visit</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="621" />
        <source>收起帮办的提示，本次不再提示</source>
        <translation>Put the offer away; it is not made again at this visit</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="628" />
        <source>展开已有的内容</source>
        <translation>Show what is known</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="629" />
        <source>帮办时表单里折成一行的内容：展开，再按收起；光标不动</source>
        <translation>What an assisted form folds into one line: show it, press again to fold it; the cursor stays</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="636" />
        <source>陪同、监护</source>
        <translation>Who came along</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="637" />
        <source>读监护人的证件，或者记下陪同人和申请人的关系</source>
        <translation>Read a guardian's document, or note a helper's relation</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="644" />
        <source>自助模式</source>
        <translation>Self-service</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="645" />
        <source>把屏幕交给群众自己填；工作人员按同样的键、输口令退出</source>
        <translation>Hand the screen over to a citizen; the same key and the PIN end it</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="652" />
        <source>显示号码</source>
        <translation>Show numbers</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="653" />
        <source>显示遮住的号码和住址 10 秒，并留下记录</source>
        <translation>Show hidden numbers and addresses for 10 seconds, on record</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="660" />
        <source>换主题</source>
        <translation>Theme</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="661" />
        <source>浅色、深色、高对比轮换</source>
        <translation>Light, dark, high contrast in turn</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="668" />
        <source>放大</source>
        <translation>Larger</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="669" />
        <source>整个窗口放大</source>
        <translation>Enlarge the whole window</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="676" />
        <source>缩小</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="677" />
        <source>整个窗口缩小</source>
        <translation>Reduce the whole window</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="684" />
        <source>原大小</source>
        <translation>Normal size</translation>
    </message>
    <message>
        <location filename="../../widgets/actions.py" line="685" />
        <source>回到 100%</source>
        <translation>Back to 100%</translation>
    </message>
</context><context>
    <name>AmendDialog</name>
    <message>
        <location filename="../../widgets/amend.py" line="34" />
        <source>更正办件</source>
        <translation>Correct a case</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="38" />
        <source>改好后在右边选更正原因，按 F8 保存。</source>
        <translation>When done, choose the reason at the right and save with F8.</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="109" />
        <location filename="../../widgets/amend.py" line="70" />
        <location filename="../../widgets/amend.py" line="40" />
        <source>改动</source>
        <translation>Changes</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="43" />
        <source>还没有改动。
改过的栏目会列在这里，前后对照。</source>
        <translation>Nothing changed yet.
What you change is listed here, before and after.</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="54" />
        <source>更正原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="55" />
        <source>也可以直接写</source>
        <translation>or write one</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="78" />
        <source>更正原因 *（Alt+1–3）</source>
        <translation>Reason * (Alt+1–3)</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="88" />
        <source>保存更正 F8</source>
        <translation>Save F8</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="90" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="109" />
        <source>改动 {0} 处</source>
        <translation>{0} changes</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="112" />
        <source>原来 {0}</source>
        <translation>was {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="113" />
        <location filename="../../widgets/amend.py" line="112" />
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="113" />
        <source>改为 {0}</source>
        <translation>now {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="140" />
        <source>还没有保存更正</source>
        <translation>The correction is not saved</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="141" />
        <source>关闭后，改过的 {0} 处不会保留，办件还是原来的内容。</source>
        <translation>If you close, the {0} changes are lost and the case stays as it was.</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="142" />
        <source>不保存，关闭</source>
        <translation>Close without saving</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="143" />
        <source>继续更正</source>
        <translation>Go on</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="159" />
        <source>还没有改动</source>
        <translation>Nothing changed yet</translation>
    </message>
    <message>
        <location filename="../../widgets/amend.py" line="159" />
        <source>请先写明更正原因</source>
        <translation>Say why first</translation>
    </message>
</context><context>
    <name>AmendPresenter</name>
    <message>
        <location filename="../../app/presenters/amend.py" line="57" />
        <source>{0}　{1}　受理于 {2}</source>
        <translation>{0} · {1} · accepted {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/amend.py" line="61" />
        <source>　上一次更正待平台确认，可以接着更正</source>
        <translation> · the last correction is not confirmed yet; you can go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/amend.py" line="106" />
        <source>已在本窗更正，待平台确认</source>
        <translation>Corrected at this window, awaiting the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/amend.py" line="106" />
        <source>受理流水号 {0}</source>
        <translation>No. {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/amend.py" line="107" />
        <source>联网后自动上报，结果在“我的办件”里看。</source>
        <translation>It goes up by itself; My cases show what became of it.</translation>
    </message>
</context><context>
    <name>Archive</name>
    <message>
        <location filename="../../app/presenters/archive.py" line="30" />
        <source>移交档案</source>
        <translation>Transfer to the archive</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="31" />
        <source>部门调取</source>
        <translation>Called for by a department</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="32" />
        <source>申请人索取</source>
        <translation>Asked for by the applicant</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="33" />
        <source>核查监督</source>
        <translation>Inspection</translation>
    </message>
</context><context>
    <name>ArchiveDialog</name>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="72" />
        <location filename="../../widgets/dialogs/archive.py" line="29" />
        <source>导出归档包</source>
        <translation>Export archive package</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="36" />
        <source>用途</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="37" />
        <source>用口令加密 Alt+J</source>
        <translation>Seal with a password Alt+J</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="39" />
        <source>用口令加密</source>
        <translation>Seal with a password</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="42" />
        <source>U 盘丢了，别人也打不开。收件方要装有“一窗”才能解开；口令另行告知，忘了无法找回。</source>
        <translation>Nobody can open it if the stick is lost. The receiver needs Yichuang to open it; tell the password another way. It cannot be recovered.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="44" />
        <source>口令</source>
        <translation>Password</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="45" />
        <source>再输一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="58" />
        <source>用途 Alt+1–4（记入审计记录，写在包里）</source>
        <translation>Purpose Alt+1–4 (kept in the audit trail and in the package)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="62" />
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="63" />
        <source>选择位置并导出 Enter</source>
        <translation>Choose the place and export Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="107" />
        <source>口令至少 {0} 个字符。</source>
        <translation>A password has at least {0} characters.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="110" />
        <source>两次输入的口令不同，请重新输入。</source>
        <translation>The two passwords differ; enter it again.</translation>
    </message>
</context><context>
    <name>ArchivePresenter</name>
    <message>
        <location filename="../../app/presenters/archive.py" line="84" />
        <source>文书 {0} 份、材料 {1} 份，另有申请表、办理过程、目录，约 {2}。
个人信息没有遮盖。</source>
        <translation>Papers: {0}, materials: {1}, with the form, the course of the case and the catalogue; about {2}.
Personal data is not masked.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="105" />
        <source>加密的归档包 (*{0})</source>
        <translation>Sealed archive package (*{0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="105" />
        <source>归档包 (*{0})</source>
        <translation>Archive package (*{0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="113" />
        <source>导出归档包</source>
        <translation>Export archive package</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="120" />
        <source>正在导出归档包</source>
        <translation>Exporting the archive package</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="120" />
        <source>写到：{0}</source>
        <translation>To: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="128" />
        <source>归档包已导出</source>
        <translation>Archive package exported</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="132" />
        <source>{0} 个文件，共 {1}，已签名。</source>
        <translation>{0} files, {1} in all, signed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="134" />
        <source>已用口令加密，请把口令另行告知收件方。</source>
        <translation>Sealed; tell the receiver the password another way.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="136" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="137" />
        <source>本机已没有、不在包内的 {0} 项：{1}</source>
        <translation>{0} no longer on this machine and not in the package: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="139" />
        <source>收到的人可在“我的办件”按 Ctrl+Shift+Y 核验。</source>
        <translation>Whoever receives it can check it in My cases with Ctrl+Shift+Y.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="147" />
        <source>归档包 (*{0} *{1})</source>
        <translation>Archive packages (*{0} *{1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="148" />
        <source>选择要核验的归档包</source>
        <translation>Choose the archive package to check</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="170" />
        <source>正在核验归档包</source>
        <translation>Checking the archive package</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="185" />
        <source>核验完成</source>
        <translation>Check completed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="193" />
        <source>受理流水号 {0}，{1} 导出，清单上 {2} 个文件。</source>
        <translation>Case {0}, exported by {1}, {2} files in the manifest.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="198" />
        <source>导出时就不在包内的有 {0} 项，见 目录.pdf。</source>
        <translation>{0} were not in it when it was exported; see the list of contents (PDF) in the package.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="200" />
        <source>缺少 {0} 个文件：{1}</source>
        <translation>Missing files, {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="201" />
        <source>多出 {0} 个文件：{1}</source>
        <translation>Extra files, {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="202" />
        <source>被改动 {0} 个文件：{1}</source>
        <translation>Altered files, {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="211" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/archive.py" line="212" />
        <source>{0} 等</source>
        <translation>{0} and others</translation>
    </message>
</context><context>
    <name>Assessment</name>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="26" />
        <source>{0}：{1}，{2} 项</source>
        <translation>{0}: {1}, {2} points</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="67" />
        <source>{0} · 已答 {1}/{2}</source>
        <translation>{0} · {1}/{2} answered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="69" />
        <source> · 沿用 {0} 项</source>
        <translation> · {0} taken over</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="71" />
        <source> · 目前 {0} 分</source>
        <translation> · {0} points so far</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="73" />
        <source> · 一票否决 {0} 项</source>
        <translation> · {0} blocking</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="84" />
        <source>告知承诺：{0}</source>
        <translation>Promise: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="86" />
        <source>名单没有查清，或者在名单上：这次不适用告知承诺，按一般程序办理。</source>
        <translation>The list did not answer, or the firm is on it: no promise this time, the ordinary way applies.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="88" />
        <source>{0} 分</source>
        <translation>{0} points</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="89" />
        <source>各项均不涉及</source>
        <translation>Nothing concerns it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="96" />
        <source>名单核查：{0}</source>
        <translation>List: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="112" />
        <source>★ 一票否决</source>
        <translation>★ blocking</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="114" />
        <source>权重 {0}</source>
        <translation>weight {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessment_words.py" line="116" />
        <source>沿用上次</source>
        <translation>taken over</translation>
    </message>
</context><context>
    <name>AssessmentDialog</name>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="40" />
        <source>自评、体检</source>
        <translation>Assessments</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="53" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="55" />
        <source>返回 Alt+←</source>
        <translation>Back Alt+←</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="57" />
        <source>接着上次的 Ctrl+L</source>
        <translation>Go on Ctrl+L</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="61" />
        <source>沿用上次自评 Ctrl+R</source>
        <translation>Use the last one again Ctrl+R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="82" />
        <source>开始 Ctrl+Enter</source>
        <translation>Begin Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="83" />
        <source>看结果 Ctrl+Enter</source>
        <translation>Result Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="84" />
        <source>提交并打印报告 Ctrl+Enter</source>
        <translation>Hand in, print report Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="183" />
        <source>各维度得分</source>
        <translation>Scores</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="183" />
        <source>维度</source>
        <translation>Dimension</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="183" />
        <source>得分</source>
        <translation>Grade</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="187" />
        <location filename="../../widgets/dialogs/assessment.py" line="187" />
        <source>还要落实</source>
        <translation>Still to be done</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="187" />
        <source>措施</source>
        <translation>Measures</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/assessment.py" line="189" />
        <source>没有还要落实的措施。</source>
        <translation>Nothing is left to be done.</translation>
    </message>
</context><context>
    <name>AssessmentPoints</name>
    <message>
        <location filename="../../widgets/assessment_points.py" line="81" />
        <location filename="../../widgets/assessment_points.py" line="81" />
        <source>维度</source>
        <translation>Dimension</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_points.py" line="81" />
        <source>已答</source>
        <translation>Answered</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_points.py" line="85" />
        <source>各项</source>
        <translation>Points</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_points.py" line="85" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_points.py" line="85" />
        <source>结果</source>
        <translation>Answer</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_points.py" line="106" />
        <source>空格 1</source>
        <translation>Space 1</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_points.py" line="195" />
        <source>应当落实的措施</source>
        <translation>Measures that must be in place</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_points.py" line="204" />
        <source>这一项</source>
        <translation>This point</translation>
    </message>
</context><context>
    <name>AssessmentPresenter</name>
    <message>
        <location filename="../../app/presenters/assessments.py" line="106" />
        <source>本地的自评表有误，按随程序的用：{0} 第 {1} 行，{2}</source>
        <translation>A form of this hall is wrong, the shipped one is used: {0} line {1}, {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="128" />
        <source>上次：{0}，{1} 分，编号 {2}，{3} 前可以沿用：只问变化的。</source>
        <translation>Last: {0}, {1} points, number {2}, usable until {3}: only what changed is asked.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="134" />
        <source>上次的 {0} 不能沿用：{1}</source>
        <translation>The last one, {0}, cannot be used again: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="134" />
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="136" />
        <source>平台上没有这家单位可以沿用的。</source>
        <translation>The platform has none of this firm that could be used again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="138" />
        <source>没有问到上次的：{0}。可以直接开始。</source>
        <translation>The last one could not be asked for: {0}. Begin all the same.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="206" />
        <source>都答完了，按 Ctrl+Enter 看结果。</source>
        <translation>All answered; Ctrl+Enter shows the result.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="238" />
        <source>还有 {0} 项没有答。</source>
        <translation>{0} points have no answer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="245" />
        <source>正在核查名单……</source>
        <translation>Asking the list …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="302" />
        <source>报告已送打印；进展在企业事项（Ctrl+U）里。</source>
        <translation>The report is being printed; follow it in firms' matters (Ctrl+U).</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assessments.py" line="303" />
        <source>{0} 已提交</source>
        <translation>{0} handed in</translation>
    </message>
</context><context>
    <name>AssessmentStart</name>
    <message>
        <location filename="../../widgets/assessment_start.py" line="44" />
        <location filename="../../widgets/assessment_start.py" line="29" />
        <source>自评表</source>
        <translation>Form</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_start.py" line="44" />
        <location filename="../../widgets/assessment_start.py" line="30" />
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_start.py" line="45" />
        <location filename="../../widgets/assessment_start.py" line="31" />
        <source>单位名称</source>
        <translation>Firm</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_start.py" line="45" />
        <location filename="../../widgets/assessment_start.py" line="32" />
        <source>统一社会信用代码</source>
        <translation>Unified credit code</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_start.py" line="46" />
        <location filename="../../widgets/assessment_start.py" line="34" />
        <source>联系人</source>
        <translation>Contact</translation>
    </message>
    <message>
        <location filename="../../widgets/assessment_start.py" line="46" />
        <location filename="../../widgets/assessment_start.py" line="35" />
        <source>联系电话</source>
        <translation>Telephone</translation>
    </message>
</context><context>
    <name>AssistPresenter</name>
    <message>
        <location filename="../../app/presenters/assist.py" line="78" />
        <source>没有折叠的内容</source>
        <translation>Nothing is folded</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="78" />
        <source>还没有从证照、查询里知道什么。</source>
        <translation>Nothing is known from licences or queries yet.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="85" />
        <source>群众屏用大字，一次只问一项；立等可取的排在前面。</source>
        <translation>Large type and one question at a time on the citizen's screen; items decided at once first.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="86" />
        <source>帮办已开启</source>
        <translation>Assisted visit begun</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="86" />
        <source>有人陪同的按 Shift+F4。</source>
        <translation>If somebody came along, press Shift+F4.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="117" />
        <source>请把监护人的证件放到读卡器上…</source>
        <translation>Lay the guardian's card on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="135" />
        <source>姓名、号码已填入表单。</source>
        <translation>Name and number are on the form.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="136" />
        <source>已读监护人的证件</source>
        <translation>The guardian's document was read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="138" />
        <source>请放好监护人的证件，按 Shift+F4 再读一次；读卡器不能用的，照原件填在表单里。</source>
        <translation>Lay the guardian's card flat and press Shift+F4 again; without a reader, type it from the original.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="139" />
        <source>没有读到证件</source>
        <translation>No ID was read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="153" />
        <source>陪同：{0}</source>
        <translation>Came along: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="153" />
        <source>有人陪同的按 Shift+F4</source>
        <translation>Came along? Shift+F4</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="154" />
        <source>帮办中</source>
        <translation>Assisted visit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="156" />
        <source>可以帮办</source>
        <translation>Assist the visitor?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="156" />
        <source>要不要都行：不用按 Ctrl+Shift+F5</source>
        <translation>As you like; not wanted: Ctrl+Shift+F5</translation>
    </message>
    <message>
        <location filename="../../app/presenters/assist.py" line="169" />
        <source>监护人</source>
        <translation>guardian</translation>
    </message>
</context><context>
    <name>Balloon</name>
    <message>
        <location filename="../../widgets/coach.py" line="95" />
        <source>课程提示</source>
        <translation>Lesson hint</translation>
    </message>
    <message>
        <location filename="../../widgets/coach.py" line="101" />
        <source>演示给我看 Ctrl+Shift+Y</source>
        <translation>Show me  Ctrl+Shift+Y</translation>
    </message>
</context><context>
    <name>Bars</name>
    <message>
        <location filename="../../widgets/bars.py" line="73" />
        <source>还有 {0} 种</source>
        <translation>{0} more</translation>
    </message>
</context><context>
    <name>BatchDialog</name>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="156" />
        <source>核对进度</source>
        <translation>Progress of the check</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="162" />
        <source>表格各行</source>
        <translation>Rows of the table</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="182" />
        <source>下一处错误 F5</source>
        <translation>Next mistake  F5</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="183" />
        <source>只看有误 Ctrl+E</source>
        <translation>Wrong ones only  Ctrl+E</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="185" />
        <source>列对应 Ctrl+M</source>
        <translation>Columns Ctrl+M</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="190" />
        <source>另存标记副本</source>
        <translation>Save a marked copy</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="191" />
        <source>采用合格行</source>
        <translation>Take the right rows</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="192" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch.py" line="256" />
        <source>采用合格的 {0} 行</source>
        <translation>Take the right rows: {0}</translation>
    </message>
</context><context>
    <name>BatchPresenter</name>
    <message>
        <location filename="../../app/presenters/batch.py" line="117" />
        <source>还有 {0} 行有误</source>
        <translation>{0} rows still wrong</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="117" />
        <source>已全部改好，还没有采用</source>
        <translation>all mended, not taken over yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="118" />
        <source>{0}（{1} 行），{2}。</source>
        <translation>{0} ({1} rows), {2}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="119" />
        <source>继续上次的表格？</source>
        <translation>Go on with the last table?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="119" />
        <source>继续</source>
        <translation>Go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="119" />
        <source>另选文件</source>
        <translation>Another file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="125" />
        <source>表格 (*.xlsx *.csv *.txt)</source>
        <translation>Tables (*.xlsx *.csv *.txt)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="131" />
        <source>从文件导入表格</source>
        <translation>Import a table from a file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="142" />
        <source>上次的表格</source>
        <translation>the last table</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="156" />
        <source>导入{0}：{1}</source>
        <translation>Import "{0}": {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="163" />
        <source>正在读取…</source>
        <translation>Reading …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="172" />
        <source>正在读取…已读 {0} 行</source>
        <translation>Reading … rows so far: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="192" />
        <source>正在核对 {0}/{1} 行，每秒 {2} 行，约剩 {3} 秒</source>
        <translation>Checking row {0} of {1}, {2} a second, about {3} s left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="227" />
        <source>共 {0} 行，合格 {1}，有误 {2}</source>
        <translation>Rows: {0}, right: {1}, wrong: {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="231" />
        <source>；文件里没有：{0}</source>
        <translation>; not in the file: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="252" />
        <source>正在按新的列对应核对…</source>
        <translation>Checking with the new columns…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="270" />
        <source>另存标记副本</source>
        <translation>Save a marked copy</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="270" />
        <source>核对结果.xlsx</source>
        <translation>checked.xlsx</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="270" />
        <source>工作簿 (*.xlsx)</source>
        <translation>Workbooks (*.xlsx)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="282" />
        <source>{0}，有误 {1} 行已标出</source>
        <translation>{0}, wrong rows marked: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="283" />
        <source>已另存标记副本</source>
        <translation>The marked copy is saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="301" />
        <source>有误的 {0} 行没有采用。</source>
        <translation>Wrong rows not taken: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/batch.py" line="302" />
        <source>已采用 {0} 行</source>
        <translation>Rows taken: {0}</translation>
    </message>
</context><context>
    <name>Blind</name>
    <message>
        <location filename="../../widgets/blind.py" line="22" />
        <source>屏幕已锁定</source>
        <translation>Screen locked</translation>
    </message>
    <message>
        <location filename="../../widgets/blind.py" line="30" />
        <location filename="../../widgets/blind.py" line="23" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
</context><context>
    <name>BoardDialog</name>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="70" />
        <source>今日看板</source>
        <translation>Today's board</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="93" />
        <location filename="../../widgets/dialogs/board.py" line="76" />
        <source>今日受理到了哪一步</source>
        <translation>Where today's cases stand</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="94" />
        <location filename="../../widgets/dialogs/board.py" line="77" />
        <source>今日事项</source>
        <translation>Today's items</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="90" />
        <location filename="../../widgets/dialogs/board.py" line="78" />
        <source>好差评</source>
        <translation>Ratings</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="91" />
        <location filename="../../widgets/dialogs/board.py" line="81" />
        <source>窗口人员</source>
        <translation>Clerk</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="83" />
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="83" />
        <source>人次</source>
        <translation>Visitors</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="83" />
        <source>件数</source>
        <translation>Cases</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="83" />
        <source>办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="96" />
        <source>今天还没有受理办件。受理后这里会自己更新。</source>
        <translation>Nothing was accepted today yet. This page updates by itself.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="106" />
        <source>打印日报 P</source>
        <translation>Print report  P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="108" />
        <source>导出日报 E</source>
        <translation>Save report  E</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="110" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/board.py" line="124" />
        <source>正在统计…</source>
        <translation>Counting…</translation>
    </message>
</context><context>
    <name>BoardPresenter</name>
    <message>
        <location filename="../../app/presenters/board.py" line="92" />
        <source>正在打印日报…</source>
        <translation>Printing the report…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="94" />
        <source>本窗口没有配备打印机，可导出后再打印。</source>
        <translation>This window has no printer; save the report and print it elsewhere.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="102" />
        <source>日报已送打印机。</source>
        <translation>The report was sent to the printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="104" />
        <source>日报没有打印：{0}</source>
        <translation>The report was not printed: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="112" />
        <source>导出日报</source>
        <translation>Save the report</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="113" />
        <source>日报 {0}.pdf</source>
        <translation>Daily report {0}.pdf</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="114" />
        <source>PDF 文件 (*.pdf);;表格 (*.csv)</source>
        <translation>PDF files (*.pdf);;Tables (*.csv)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="131" />
        <source>日报没有存成</source>
        <translation>The report was not saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="131" />
        <source>文件写不进去。</source>
        <translation>The file cannot be written.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="131" />
        <source>请换一个位置再存。</source>
        <translation>Save it somewhere else.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/board.py" line="135" />
        <source>日报已存为 {0}</source>
        <translation>Report saved as {0}</translation>
    </message>
</context><context>
    <name>BookAheadDialog</name>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="35" />
        <source>约下次来的时间</source>
        <translation>Book the next visit</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="43" />
        <location filename="../../widgets/dialogs/book_ahead.py" line="43" />
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="45" />
        <location filename="../../widgets/dialogs/book_ahead.py" line="43" />
        <source>余号</source>
        <translation>Places</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="45" />
        <location filename="../../widgets/dialogs/book_ahead.py" line="45" />
        <source>时段</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="48" />
        <source>已有的预约</source>
        <translation>Bookings</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="48" />
        <source>已约的时间</source>
        <translation>Booked for</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="48" />
        <source>办理内容</source>
        <translation>Business</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="253" />
        <location filename="../../widgets/dialogs/book_ahead.py" line="59" />
        <source>联系电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="60" />
        <source>改时间时找得到人</source>
        <translation>to reach the visitor if the time changes</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="73" />
        <source>重新读取 Alt+R</source>
        <translation>Read again Alt+R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="76" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="196" />
        <location filename="../../widgets/dialogs/book_ahead.py" line="78" />
        <source>预约 Enter</source>
        <translation>Book Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="120" />
        <source>窗口不开放：{0}</source>
        <translation>Closed then: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="181" />
        <source>约满</source>
        <translation>full</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="181" />
        <source>延时服务</source>
        <translation>extended</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="196" />
        <source>改到这个时间 Enter</source>
        <translation>Move to this time Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="199" />
        <source>这个时段没有号了，请选别的时间</source>
        <translation>No place is left in this slot; choose another time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="201" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="203" />
        <source>{0}（延时服务）</source>
        <translation>{0} (extended hours)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="205" />
        <source>改期：{0} → {1}</source>
        <translation>Move: {0} → {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="207" />
        <source>要约的时间：{0}</source>
        <translation>To be booked: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="234" />
        <source>前两周 Alt+B</source>
        <translation>Earlier Alt+B</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="237" />
        <source>后两周 Alt+N</source>
        <translation>Later Alt+N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="243" />
        <source>改期 Alt+M</source>
        <translation>Move Alt+M</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="247" />
        <source>取消预约 Alt+X</source>
        <translation>Cancel Alt+X</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="250" />
        <source>打印预约单 Alt+P</source>
        <translation>Print slip Alt+P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/book_ahead.py" line="257" />
        <source>这位来访者已有的预约</source>
        <translation>What this visitor has booked</translation>
    </message>
</context><context>
    <name>BookAheadPresenter</name>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="105" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="121" />
        <source>正在读取号源…</source>
        <translation>Reading what is free…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="140" />
        <source>刚才要办的平台已经办成，右边是现在的预约。</source>
        <translation>The platform has done what was asked; the bookings as they are now stand at the right.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="154" />
        <source>平台连不上：余下的号只有联网时才知道。已选的都留着，连上后自动读取；也可以按 Alt+R。</source>
        <translation>The platform cannot be reached: what is free is only known online. What you chose stays; it is read when the line is back, or press Alt+R.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="183" />
        <source>正在预约…</source>
        <translation>Booking…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="188" />
        <source>已改期</source>
        <translation>Moved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="188" />
        <source>已约好</source>
        <translation>Booked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="203" />
        <location filename="../../app/presenters/book_ahead.py" line="189" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="190" />
        <source>{0}：{1}。Alt+P 打印预约单，Esc 关闭。</source>
        <translation>{0}: {1}. Alt+P prints the slip, Esc closes.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="192" />
        <source>按 Ctrl+F12 打印预约单、改期或取消。</source>
        <translation>Ctrl+F12 prints the slip, moves or cancels it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="211" />
        <source>已取消：{0}。</source>
        <translation>Cancelled: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="218" />
        <source>{0} 的号会让给别人，取消后不能恢复，要来请重新预约。</source>
        <translation>The place on {0} goes to somebody else. It cannot be had back; to come, book again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="219" />
        <source>取消这个预约？</source>
        <translation>Cancel this booking?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="219" />
        <source>取消预约</source>
        <translation>Cancel it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="219" />
        <source>不取消</source>
        <translation>Keep it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="229" />
        <source>没有等到平台的答复，不知道办成没有。再按一次即可：同一个预约不会约成两个。</source>
        <translation>The platform did not answer; nobody knows whether it was done. Press again: one booking never becomes two.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="253" />
        <source>还没有打印，看过按 Enter 打印</source>
        <translation>Not printed yet; look, then Enter prints</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="253" />
        <source>补打，纸上已标明</source>
        <translation>Printed again, marked as such</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="258" />
        <source>预约单没有打印：本窗口没有配备打印机。</source>
        <translation>The slip was not printed: this window has no printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/book_ahead.py" line="261" />
        <source>预约单 {0} 已送打印</source>
        <translation>Slip {0} is on its way to the printer</translation>
    </message>
</context><context>
    <name>Booking</name>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="16" />
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="16" />
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="16" />
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="17" />
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="17" />
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="17" />
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="18" />
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="25" />
        <source>{0}月{1}日 {2}</source>
        <translation>{0}/{1} {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="27" />
        <source>今天</source>
        <translation>today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="27" />
        <source>明天</source>
        <translation>tomorrow</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="28" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="34" />
        <source>不开放</source>
        <translation>closed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="36" />
        <source>已过</source>
        <translation>over</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="38" />
        <source>约满</source>
        <translation>full</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="40" />
        <source>余 {0}</source>
        <translation>{0} left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="52" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/booking_words.py" line="53" />
        <source>来窗口办理</source>
        <translation>at the window</translation>
    </message>
</context><context>
    <name>BookingPresenter</name>
    <message>
        <location filename="../../app/presenters/bookings.py" line="66" />
        <source>《{0}》还要问清情形</source>
        <translation>"{0}" still has questions</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="67" />
        <source>{0} 已不在事项目录</source>
        <translation>{0} is no longer in the catalogue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="68" />
        <source>事项 {0} 个，填入 {1} 项</source>
        <translation>{0} items, {1} fields filled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="70" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="71" />
        <source>预约已带入一部分</source>
        <translation>Part of the booking was taken over</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="71" />
        <source>按 F3 选其余事项。</source>
        <translation>Choose the other items with F3.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="73" />
        <source>{0} {1} 不在开放时间；{2}</source>
        <translation>{0} {1} is outside opening hours; {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="75" />
        <source>预约的时间窗口不开放</source>
        <translation>Booked for a time when the desk is closed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="75" />
        <source>照常办理，请告诉来访者开放时间。</source>
        <translation>Serve as usual, and tell the visitor the opening hours.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="78" />
        <source>预约的事项已带入</source>
        <translation>The booked items were taken over</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="78" />
        <source>读证件（F2）后带入所填内容。</source>
        <translation>What was written follows once the ID is read (F2).</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="80" />
        <source>预约已带入</source>
        <translation>The booking was taken over</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="125" />
        <source>没有选事项</source>
        <translation>no items chosen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="127" />
        <source>不在开放时间：{0}</source>
        <translation>Outside opening hours: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bookings.py" line="128" />
        <source>今天 {0} 有预约</source>
        <translation>Booked for {0} today</translation>
    </message>
</context><context>
    <name>Bridge</name>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="18" />
        <source>读身份证</source>
        <translation>read the ID card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="19" />
        <source>读护照或通行证</source>
        <translation>read a passport or permit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="20" />
        <source>扫证照二维码</source>
        <translation>scan a licence code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="21" />
        <source>核验证照</source>
        <translation>verify a licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="22" />
        <source>来访人的核验结论（Shift+F7）</source>
        <translation>the visitor's identity verdicts (Shift+F7)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="23" />
        <source>用高拍仪拍一页</source>
        <translation>capture a page</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="24" />
        <source>拍人像</source>
        <translation>take a portrait</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="25" />
        <source>看高拍仪的画面</source>
        <translation>watch the document camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="26" />
        <source>请来访者签字</source>
        <translation>have the visitor sign</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="27" />
        <source>打印文件</source>
        <translation>print a document</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="28" />
        <source>打印凭条</source>
        <translation>print a receipt</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="29" />
        <source>叫号</source>
        <translation>call a number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="30" />
        <source>请来访者评价</source>
        <translation>ask the visitor for a rating</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="64" />
        <location filename="../../app/presenters/bridge_words.py" line="33" />
        <source>证件种类</source>
        <translation>kind of document</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="34" />
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="35" />
        <source>英文姓名</source>
        <translation>English name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="36" />
        <source>性别</source>
        <translation>sex</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="37" />
        <source>民族</source>
        <translation>ethnic group</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="38" />
        <source>出生日期</source>
        <translation>date of birth</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="39" />
        <source>住址</source>
        <translation>address</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="40" />
        <source>证件号码</source>
        <translation>document number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="41" />
        <source>签发机关</source>
        <translation>issuing authority</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="42" />
        <source>有效期起</source>
        <translation>valid from</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="43" />
        <source>有效期止</source>
        <translation>valid to</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="44" />
        <source>国籍</source>
        <translation>nationality</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="45" />
        <source>通行证号码</source>
        <translation>permit number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="46" />
        <source>签发次数</source>
        <translation>issue count</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="47" />
        <source>证件照片</source>
        <translation>photo on the card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="48" />
        <source>机读区</source>
        <translation>machine-readable zone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="49" />
        <source>码的种类</source>
        <translation>kind of code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="59" />
        <location filename="../../app/presenters/bridge_words.py" line="50" />
        <source>核验结论</source>
        <translation>verdict</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="51" />
        <source>理由</source>
        <translation>reason</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="52" />
        <source>持证人</source>
        <translation>holder</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="53" />
        <source>证照</source>
        <translation>licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="54" />
        <source>到期时间</source>
        <translation>expiry</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="55" />
        <source>证照内容</source>
        <translation>what the licence says</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="56" />
        <source>码的原文</source>
        <translation>text of the code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="57" />
        <source>笔迹图片</source>
        <translation>picture of the signature</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="58" />
        <source>笔迹数据</source>
        <translation>strokes of the signature</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="60" />
        <source>证件真伪</source>
        <translation>document genuine</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="61" />
        <source>是否本人</source>
        <translation>same person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="62" />
        <source>是否来过</source>
        <translation>been here before</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="63" />
        <source>是否挂失</source>
        <translation>reported lost</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="65" />
        <source>读取方式</source>
        <translation>how it was read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="66" />
        <source>号码摘要</source>
        <translation>hash of the number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="67" />
        <source>核验时间</source>
        <translation>time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="68" />
        <source>记录编号</source>
        <translation>record number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="74" />
        <source>{0} 要{1}{2}</source>
        <translation>{0} wants to {1}{2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="77" />
        <source>用途：{0}　{1}</source>
        <translation>Purpose: {0}  {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="86" />
        <source>：{0}；不含姓名、号码和照片</source>
        <translation>: {0}; no name, number or picture</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="90" />
        <source>：证件上的全部内容，不遮挡</source>
        <translation>: everything on the card, unmasked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="94" />
        <source>：{0}（完整），{1}（遮挡）</source>
        <translation>: {0} (in full), {1} (masked)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="96" />
        <source>：{0}（完整）</source>
        <translation>: {0} (in full)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="98" />
        <source>：{0}（遮挡）</source>
        <translation>: {0} (masked)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="105" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="112" />
        <source>已配对，也准许旧接口</source>
        <translation>Paired; old interface too</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="114" />
        <source>已配对</source>
        <translation>Paired</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="116" />
        <source>准许旧接口</source>
        <translation>Old interface admitted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge_words.py" line="118" />
        <source>未配对</source>
        <translation>Not paired</translation>
    </message>
</context><context>
    <name>BridgeDialog</name>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="30" />
        <source>浏览器系统</source>
        <translation>Browser systems</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="31" />
        <source>部门自己的网页系统可以借用本窗口的设备；每次借用都先问您，并留下记录</source>
        <translation>Departments' own web systems may borrow this window's devices; you are asked first, and it is recorded</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="38" />
        <source>系统</source>
        <translation>System</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="38" />
        <source>网页地址</source>
        <translation>Web address</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="38" />
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="38" />
        <source>起用</source>
        <translation>Since</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="38" />
        <source>上次借用</source>
        <translation>Last used</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="45" />
        <source>还没有登记任何系统。由管理员在设置里登记网页来源，登记后才能配对。</source>
        <translation>No system is registered yet. An administrator registers web origins in the settings; then they can be paired.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="49" />
        <source>配对码</source>
        <translation>Pairing code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="64" />
        <source>收回 D</source>
        <translation>Take back D</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="66" />
        <source>准许旧接口 A</source>
        <translation>Admit old interface A</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="68" />
        <source>网页是为高拍仪、读卡器厂家的程序写的，不会配对时用</source>
        <translation>For pages written for the programs of document camera and reader makers, which cannot pair</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="69" />
        <source>配对 P</source>
        <translation>Pair P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/bridge.py" line="71" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
</context><context>
    <name>BridgePresenter</name>
    <message>
        <location filename="../../app/presenters/bridge.py" line="180" />
        <source>“{0}”借读的证件已挂失</source>
        <translation>The document read for “{0}” was reported lost</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="180" />
        <source>“{0}”借读的证件已作废</source>
        <translation>The document read for “{0}” was revoked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="181" />
        <source>{0} 的名单上有它。</source>
        <translation>It stands in the list of {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="186" />
        <source>不要凭它办理：请来访人出示现用证件；不是本人的，按本单位规定上报。</source>
        <translation>Do not act on it: ask the visitor for the document in use; if it is somebody else’s, report it as your office’s rules say.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="207" />
        <source>“{0}”想借用设备，还没有配对</source>
        <translation>“{0}” wants to borrow a device and is not paired</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="208" />
        <source>按 Ctrl+Shift+B 配对，或者准许它的旧接口。</source>
        <translation>Press Ctrl+Shift+B to pair it, or to admit its old interface.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="218" />
        <source>请在“{0}”的网页里输入这六位数字。两分钟内有效，只能用一次。</source>
        <translation>Type these six digits into the page of “{0}”. Valid for two minutes, once.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="236" />
        <source>已配对。以后每次借用设备都会先问您。</source>
        <translation>Paired. You are asked each time it wants a device.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="253" />
        <source>已准许。它的网页可以按旧接口借用设备，每次仍会先问您。</source>
        <translation>Admitted. Its pages may use the old interface; you are still asked each time.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="265" />
        <source>已收回。要再借用须重新配对。</source>
        <translation>Taken back. To borrow again it must be paired anew.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/bridge.py" line="274" />
        <source>设备外借没有启动，请看启动时的提示。</source>
        <translation>Lending is not running; see the message at the start.</translation>
    </message>
</context><context>
    <name>Card</name>
    <message>
        <location filename="../../app/presenters/card_words.py" line="25" />
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="26" />
        <source>外文姓名</source>
        <translation>Name in Latin letters</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="27" />
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="28" />
        <source>民族</source>
        <translation>Ethnic group</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="29" />
        <source>国籍</source>
        <translation>Nationality</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="30" />
        <source>出生日期</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="31" />
        <source>住址</source>
        <translation>Address</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="32" />
        <source>证件号码</source>
        <translation>Document number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="33" />
        <source>有效期至</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="36" />
        <source>请逐字核对</source>
        <translation>Compare each character</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="37" />
        <source>没有看清，请核对</source>
        <translation>Not clear, please compare</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="38" />
        <source>号码不成立，请核对每一位</source>
        <translation>No such number, compare each digit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="39" />
        <source>与证件号码不一致</source>
        <translation>Differs from the document number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="40" />
        <source>不是可用的内容，请核对</source>
        <translation>Not a possible entry, please compare</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="41" />
        <source>没有读到，请照证件录入</source>
        <translation>Not read, enter it from the card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="44" />
        <source>号码规则相符</source>
        <translation>Follows the rules of numbers</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="46" />
        <location filename="../../app/presenters/card_words.py" line="45" />
        <source>与号码相符</source>
        <translation>Agrees with the number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="69" />
        <source>已读清</source>
        <translation>Read clearly</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="93" />
        <source>姓名待录入</source>
        <translation>Name to be entered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="100" />
        <source>拍照识别 {0}</source>
        <translation>Read from a picture {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_words.py" line="101" />
        <source>证件真伪没有核验</source>
        <translation>The document was not verified as genuine</translation>
    </message>
</context><context>
    <name>CardCheckDialog</name>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="95" />
        <source>核对证件</source>
        <translation>Compare with the card</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="112" />
        <source>照证件原件核对，看一项按一次 Enter；读错的改正，不填的删空。照片识别不能证明证件真伪。</source>
        <translation>Compare with the card itself, one Enter for each entry; correct what was misread, empty what is not to be filled in. A picture does not prove the card genuine.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="118" />
        <source>不采用 Esc</source>
        <translation>Do not use Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="121" />
        <source>确认采用 Enter</source>
        <translation>Confirm and use Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="186" />
        <source>已核对</source>
        <translation>Compared</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="190" />
        <source>已改动，按 Enter 确认</source>
        <translation>Changed, Enter to confirm</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="199" />
        <source>{0}：还有 {1} 项要核对</source>
        <translation>{0}: {1} entries left to compare</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="201" />
        <source>{0}：已核对</source>
        <translation>{0}: compared</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="201" />
        <source>从照片识别，没有核验真伪</source>
        <translation>Read from a picture, not verified as genuine</translation>
    </message>
</context><context>
    <name>CardPage</name>
    <message>
        <location filename="../../widgets/self_service/start.py" line="54" />
        <source>请放身份证</source>
        <translation>Lay your ID card down</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="57" />
        <source>请把身份证放在读卡器上</source>
        <translation>Please lay your ID card on the reader</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="60" />
        <source>出示手机上的电子证照</source>
        <translation>Show an e-licence on your phone</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="61" />
        <source>没带身份证，先选事项</source>
        <translation>No ID card with me, go on</translation>
    </message>
</context><context>
    <name>CardPicturePresenter</name>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="116" />
        <source>拍照识别证件</source>
        <translation>Card by camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="118" />
        <source>把证件放平，不要移动；朝哪个方向都可以（Esc 停止）</source>
        <translation>Lay the card flat and leave it; any way round (Esc stops)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="160" />
        <source>正在识别，请稍候…</source>
        <translation>Reading, please wait…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="180" />
        <source>证件没有识别</source>
        <translation>The card was not read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="180" />
        <source>请照证件手工录入。</source>
        <translation>Enter it by hand from the card.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="188" />
        <source>没有认出证件</source>
        <translation>No card recognised</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="189" />
        <source>只识别身份证、居住证、永久居留证、回乡证、台胞证</source>
        <translation>Only resident cards, residence permits, permanent residence cards, home-return and Taiwan permits are read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="190" />
        <source>请放平、避开反光，再按 Ctrl+Shift+F2；或者手工录入。</source>
        <translation>Lay it flat away from reflections and press Ctrl+Shift+F2 again, or enter it by hand.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="193" />
        <source>没有认出证件，请放正、避开反光</source>
        <translation>No card recognised; lay it straight, away from reflections</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="197" />
        <source>已识别，请收回证件</source>
        <translation>Read; take the card back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="204" />
        <source>这一面没有要填的内容</source>
        <translation>Nothing on this side is asked for</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="204" />
        <source>请翻到另一面再拍。</source>
        <translation>Turn it over and try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="236" />
        <source>要有效期的，翻到背面再按 Ctrl+Shift+F2。</source>
        <translation>For its validity turn it over and press Ctrl+Shift+F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="237" />
        <source>从照片识别，证件真伪没有核验，请看实物和本人。</source>
        <translation>Read from a picture, not verified as genuine; look at the card and the person.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="238" />
        <source>{0}已填入</source>
        <translation>{0} filled in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="252" />
        <source>画面已结束，没有认出证件。按 Ctrl+Shift+F2 重来。</source>
        <translation>The picture has ended without a card. Ctrl+Shift+F2 starts again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="254" />
        <source>请检查摄像头连线后按 Ctrl+Shift+F2 重试。</source>
        <translation>Check the camera's cable, then press Ctrl+Shift+F2.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/card_picture.py" line="255" />
        <source>摄像头不能用</source>
        <translation>The camera cannot be used</translation>
    </message>
</context><context>
    <name>CaseModel</name>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="43" />
        <source>受理流水号</source>
        <translation>Acceptance no.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="44" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="45" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="46" />
        <source>受理时间</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="47" />
        <source>环节</source>
        <translation>Stage</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="48" />
        <source>期限</source>
        <translation>Due</translation>
    </message>
</context><context>
    <name>CasePanel</name>
    <message>
        <location filename="../../widgets/case_panel.py" line="20" />
        <source>办件详情</source>
        <translation>The case in full</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="60" />
        <location filename="../../widgets/case_panel.py" line="33" />
        <source>详情</source>
        <translation>Details</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="43" />
        <location filename="../../widgets/case_panel.py" line="35" />
        <source>表单</source>
        <translation>Form</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="46" />
        <location filename="../../widgets/case_panel.py" line="46" />
        <location filename="../../widgets/case_panel.py" line="36" />
        <source>材料</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="51" />
        <location filename="../../widgets/case_panel.py" line="50" />
        <location filename="../../widgets/case_panel.py" line="37" />
        <source>文书</source>
        <translation>Papers</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="56" />
        <location filename="../../widgets/case_panel.py" line="38" />
        <source>记录</source>
        <translation>History</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="43" />
        <source>栏目</source>
        <translation>Field</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="56" />
        <location filename="../../widgets/case_panel.py" line="43" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="43" />
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="46" />
        <source>情况</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="46" />
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="51" />
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="51" />
        <source>打印</source>
        <translation>Prints</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="56" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="56" />
        <source>人员</source>
        <translation>Who</translation>
    </message>
    <message>
        <location filename="../../widgets/case_panel.py" line="66" />
        <source>选中左边的办件，这里显示它的内容。</source>
        <translation>Select a case on the left to see it here.</translation>
    </message>
</context><context>
    <name>CasesDialog</name>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="135" />
        <source>我的办件</source>
        <translation>My cases</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="141" />
        <source>查找办件</source>
        <translation>Find a case</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="142" />
        <source>受理流水号（或当日序号）、办件编码、身份证号后六位、姓名</source>
        <translation>Acceptance no. (or the day's counter), case no., last six of the ID, name</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="143" />
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="196" />
        <location filename="../../widgets/dialogs/cases.py" line="147" />
        <source>受理日期</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="148" />
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="148" />
        <source>7 天</source>
        <translation>7 days</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="148" />
        <source>30 天</source>
        <translation>30 days</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="155" />
        <location filename="../../widgets/dialogs/cases.py" line="148" />
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="153" />
        <source>办理情况</source>
        <translation>How it stands</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="156" />
        <source>在办</source>
        <translation>Running</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="157" />
        <source>将到期</source>
        <translation>Nearly due</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="158" />
        <source>逾期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="159" />
        <source>需处理</source>
        <translation>To settle</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="160" />
        <source>补正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="161" />
        <source>待回执</source>
        <translation>Unsent</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="162" />
        <source>办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="194" />
        <source>Ctrl+1–4 日期　Alt+1–8 情况　Alt+Shift+1–4 详情　Ctrl+Shift+Y 核验归档包</source>
        <translation>Ctrl+1–4 days   Alt+1–8 state   Alt+Shift+1–4 details   Ctrl+Shift+Y check a package</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="198" />
        <source>更正 Ctrl+U</source>
        <translation>Correct Ctrl+U</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="201" />
        <source>出具文书 Ctrl+W</source>
        <translation>Issue a paper Ctrl+W</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="204" />
        <source>导出归档包 Ctrl+S</source>
        <translation>Archive package Ctrl+S</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="207" />
        <source>核验签字 Ctrl+G</source>
        <translation>Check signature Ctrl+G</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="212" />
        <source>重印 Ctrl+P</source>
        <translation>Print again  Ctrl+P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="214" />
        <source>批量打印 Ctrl+F8</source>
        <translation>Print all Ctrl+F8</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="217" />
        <source>看文书 Enter</source>
        <translation>See the paper  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="218" />
        <source>已联系处理 Ctrl+K</source>
        <translation>Dealt with Ctrl+K</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="221" />
        <source>核对重复 Ctrl+D</source>
        <translation>Duplicate? Ctrl+D</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="224" />
        <source>亮证 Ctrl+E</source>
        <translation>Show licence Ctrl+E</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="227" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="249" />
        <source>正在读取办件…</source>
        <translation>Reading the cases…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="261" />
        <source>没有符合条件的办件。
换个日期或办理情况，或清空查找内容。</source>
        <translation>No case fits.
Try other days or states, or empty the search.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/cases.py" line="263" />
        <source>本窗口还没有受理过办件。</source>
        <translation>This window has not accepted any case yet.</translation>
    </message>
</context><context>
    <name>CasesPresenter</name>
    <message>
        <location filename="../../app/presenters/cases.py" line="173" />
        <source>共 {0} 件</source>
        <translation>Cases: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="223" />
        <source>打印出来会标明“补打”</source>
        <translation>The print will be marked as a reprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="231" />
        <source>本窗口没有配备打印机，没有重印。</source>
        <translation>This window has no printer; nothing was printed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="235" />
        <source>正在重印…</source>
        <translation>Printing again…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="255" />
        <source>这份文书只能用打印机打在纸张上，没有重印。</source>
        <translation>This paper only comes on sheets, and no page printer is chosen: not printed again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/cases.py" line="280" />
        <source>已送打印机。</source>
        <translation>Sent to the printer.</translation>
    </message>
</context><context>
    <name>CheckDialog</name>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="42" />
        <source>核对内容</source>
        <translation>What is to be checked</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="52" />
        <source>返回修改 Enter</source>
        <translation>Back to correct  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="54" />
        <source>一次性告知书 G</source>
        <translation>One-time notice  G</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="61" />
        <source>受理打印 Enter</source>
        <translation>Accept &amp; print  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="64" />
        <source>返回 Esc</source>
        <translation>Back  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="97" />
        <source>将受理 {0} 件</source>
        <translation>Cases to accept: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/check.py" line="109" />
        <source>材料 {0} 份</source>
        <translation>Materials: {0}</translation>
    </message>
</context><context>
    <name>Chip</name>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="17" />
        <source>核验通过</source>
        <translation>Genuine</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="18" />
        <source>内容真实</source>
        <translation>Content genuine</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="19" />
        <source>未能核验</source>
        <translation>Not verified</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="20" />
        <source>证书存疑</source>
        <translation>Certificate in doubt</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="21" />
        <source>不通过</source>
        <translation>Failed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="24" />
        <source>此证件不支持防复制检查，请对照照片和本人核对。</source>
        <translation>This document offers no copy check: compare photo and holder.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="25" />
        <source>芯片内容须对照资料页人工核对。</source>
        <translation>Compare the chip's content with the data page by hand.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="26" />
        <source>芯片内容须对照资料页人工核对，必要时请出入境部门协助。</source>
        <translation>Compare the chip's content with the data page by hand; ask the exit-entry administration if needed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="27" />
        <source>芯片内容没有采用。请按本单位规定上报。</source>
        <translation>Nothing was taken from the chip. Report it as your office requires.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="30" />
        <source>打开芯片</source>
        <translation>Opening the chip</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="31" />
        <source>芯片内容</source>
        <translation>Chip content</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="32" />
        <source>签发签名</source>
        <translation>Issuer's signature</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="33" />
        <source>签发国证书</source>
        <translation>Issuing state's certificate</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="34" />
        <source>资料页机读码</source>
        <translation>Data page's printed zone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="35" />
        <source>防复制：主动认证</source>
        <translation>No copy: active authentication</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="36" />
        <source>防复制：芯片认证</source>
        <translation>No copy: chip authentication</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="39" />
        <source>录入或读到的号码打不开这个芯片，请核对是不是同一本证件</source>
        <translation>The entries do not open this chip; check that they are of the same document</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="40" />
        <source>这本证件不用卡面号码，请用资料页的机读码</source>
        <translation>This document has no card number; use the data page's printed zone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="41" />
        <source>芯片已锁定，不再接受号码</source>
        <translation>The chip is locked and takes no more numbers</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="42" />
        <source>芯片使用的协议不受支持</source>
        <translation>The chip's protocol is not supported</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="43" />
        <source>这不是护照或旅行证件的芯片</source>
        <translation>Not the chip of a passport or travel document</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="44" />
        <source>读取中断，请放稳证件后重新读取</source>
        <translation>Reading broke off; lay the document still and read again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="45" />
        <source>传输内容被改动，请换一台读卡器再试</source>
        <translation>The data were altered on the way; try another reader</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="46" />
        <source>芯片内容不完整或不合规范</source>
        <translation>The chip's content is incomplete or malformed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="47" />
        <source>资料页与芯片不一致，资料页可能被改动</source>
        <translation>Data page and chip differ; the page may have been altered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="48" />
        <source>内容与签发时不同，已被改动</source>
        <translation>Not what was issued: altered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="49" />
        <source>签发时有的内容现在没有，可能是复制的芯片</source>
        <translation>Content that was issued is missing; it may be a copied chip</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="50" />
        <source>有签发时没有的内容</source>
        <translation>There is content that was never issued</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="51" />
        <source>签名不正确</source>
        <translation>The signature is wrong</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="52" />
        <source>名单中没有为签名担保的签发国证书</source>
        <translation>No certificate of the list stands behind the signer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="53" />
        <source>签名所用的证书已过期</source>
        <translation>The signer's certificate has expired</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="54" />
        <source>签名所用的证书尚未生效，请核对本机日期</source>
        <translation>The signer's certificate is not yet valid; check this machine's date</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="55" />
        <source>签名所用的证书已被签发国吊销</source>
        <translation>The signer's certificate was revoked by its state</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="56" />
        <source>由另一个国家的证书签名</source>
        <translation>Signed by another state</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="57" />
        <source>本机还没有导入签发国证书名单</source>
        <translation>No list of states' certificates has been imported yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="58" />
        <source>芯片不能证明自己，是复制的芯片</source>
        <translation>The chip cannot prove itself: it is a copy</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="59" />
        <source>证件没有此项</source>
        <translation>Not offered by the document</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="60" />
        <source>证件所用的方法不受支持</source>
        <translation>The document's method is not supported</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="108" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="132" />
        <source>至 {0}</source>
        <translation>until {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="133" />
        <source>证件芯片 {0}</source>
        <translation>Chip {0}</translation>
    </message>
</context><context>
    <name>ChipChecks</name>
    <message>
        <location filename="../../widgets/chip_checks.py" line="42" />
        <source>芯片核验</source>
        <translation>Chip check</translation>
    </message>
</context><context>
    <name>ChipKeyDialog</name>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="25" />
        <source>打开证件芯片</source>
        <translation>Open the document's chip</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="30" />
        <source>卡面访问号码</source>
        <translation>Card access number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="30" />
        <source>六位数字，例如 123456</source>
        <translation>Six digits, e.g. 123456</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="31" />
        <source>证件号码</source>
        <translation>Document number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="31" />
        <source>例如 E12345678</source>
        <translation>e.g. E12345678</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="32" />
        <source>出生日期</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="32" />
        <source>例如 19900131 或 900131</source>
        <translation>e.g. 19900131 or 900131</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="33" />
        <source>有效期至</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="33" />
        <source>例如 20310101 或 310101</source>
        <translation>e.g. 20310101 or 310101</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="34" />
        <source>护照：照资料页录入三项</source>
        <translation>Passport: three entries of the data page</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="37" />
        <source>卡式证件：也可以只录入正面的六位号码（CAN）</source>
        <translation>Card: or only the six digits on the front (CAN)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="39" />
        <source>号码只用来打开芯片，不保存。</source>
        <translation>Used to open the chip only, never kept.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="40" />
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/chip_key.py" line="42" />
        <source>读芯片 Enter</source>
        <translation>Read chip Enter</translation>
    </message>
</context><context>
    <name>ChipPresenter</name>
    <message>
        <location filename="../../app/presenters/chip.py" line="32" />
        <source>正在打开芯片，请不要移动证件…</source>
        <translation>Opening the chip; do not move the document…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="33" />
        <source>正在读取芯片内容，请不要移动证件…</source>
        <translation>Reading the chip; do not move the document…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="34" />
        <source>正在读取芯片照片 {0}%，请不要移动证件…</source>
        <translation>Reading the photo {0}%; do not move the document…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="35" />
        <source>正在检查芯片是不是复制的…</source>
        <translation>Checking that the chip is no copy…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="38" />
        <source>请把证件平放在阅读机上，再按 Ctrl+F2。</source>
        <translation>Lay the document flat on the reader, then press Ctrl+F2.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="39" />
        <source>请翻到资料页重新放好，再按 Ctrl+F2。</source>
        <translation>Lay it down again at the data page, then press Ctrl+F2.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="40" />
        <source>请检查阅读机的电源和连线。</source>
        <translation>Check the reader's power and cable.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="41" />
        <source>请检查阅读机的连线；插好后几秒内会自动恢复。</source>
        <translation>Check the reader's cable; it recovers by itself within seconds.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="42" />
        <source>请关闭占用阅读机的其他程序，再按 Ctrl+F2。</source>
        <translation>Close the other program that holds the reader, then press Ctrl+F2.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="85" />
        <source>请把证件资料页朝下放到阅读机上…</source>
        <translation>Lay the data page face down on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="153" />
        <source>请把证件放到阅读机上…</source>
        <translation>Lay the document on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="199" />
        <source>已取消读取芯片</source>
        <translation>Reading the chip was cancelled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="202" />
        <source>请再按 Ctrl+F2。</source>
        <translation>Press Ctrl+F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="203" />
        <source>没有读到证件芯片</source>
        <translation>No chip was read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip.py" line="213" />
        <source>芯片核验：{0}</source>
        <translation>Chip check: {0}</translation>
    </message>
</context><context>
    <name>ChoosePage</name>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="66" />
        <source>选要办的事</source>
        <translation>Choose your business</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="72" />
        <source>说说要办什么，如 开理发店，或拼音首字母 klfd</source>
        <translation>Say it in a few words, or by pinyin initials, e.g. klfd</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="73" />
        <source>搜索要办的事</source>
        <translation>Search</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="74" />
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="76" />
        <source>拼音键盘</source>
        <translation>Keyboard</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="79" />
        <source>前面的</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="80" />
        <source>看更多</source>
        <translation>More</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="81" />
        <source>前面的事项</source>
        <translation>Previous items</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="82" />
        <source>后面的事项</source>
        <translation>More items</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="95" />
        <source>没有找到，换个说法试试；也可以请工作人员帮忙。</source>
        <translation>Nothing found. Try other words, or call a clerk.</translation>
    </message>
</context><context>
    <name>Citizen</name>
    <message>
        <location filename="../../app/presenters/customer_words.py" line="75" />
        <source>按期补交“{0}”</source>
        <translation>to hand in "{0}" in time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer_words.py" line="76" />
        <source>“{0}”所证明的情况属实</source>
        <translation>that what "{0}" would prove is true</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer_words.py" line="117" />
        <source>共 {0} 行</source>
        <translation>{0} rows</translation>
    </message>
</context><context>
    <name>ClerksDialog</name>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="31" />
        <source>窗口人员</source>
        <translation>Clerks</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="32" />
        <source>首次口令只用一次，本人登录时换成自己的</source>
        <translation>The first PIN works once; the clerk chooses their own when signing in</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="43" />
        <location filename="../../widgets/dialogs/clerks.py" line="42" />
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="48" />
        <location filename="../../widgets/dialogs/clerks.py" line="47" />
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="49" />
        <source>登记 Enter</source>
        <translation>Register  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="57" />
        <source>重设口令 R</source>
        <translation>New PIN  R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="59" />
        <source>停用 Delete</source>
        <translation>Retire  Delete</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="61" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/clerks.py" line="70" />
        <source>{0}　工号 {1}</source>
        <translation>{0}  (staff number {1})</translation>
    </message>
</context><context>
    <name>ClerksPresenter</name>
    <message>
        <location filename="../../app/presenters/clerks.py" line="57" />
        <source>{0}已登记，首次口令 {1}。请当面告知本人。</source>
        <translation>{0} is registered; first PIN {1}. Tell it to them in person.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerks.py" line="61" />
        <source>工号 {0} 的口令已重设为 {1}。请当面告知本人。</source>
        <translation>The PIN of {0} is now {1}. Tell it to them in person.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerks.py" line="67" />
        <source>停用这位窗口人员？</source>
        <translation>Retire this clerk?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerks.py" line="68" />
        <source>停用后不能再登录；以前经办的记录都保留。</source>
        <translation>They can no longer sign in; the records of what they did are kept.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerks.py" line="69" />
        <source>停用</source>
        <translation>Retire</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerks.py" line="72" />
        <source>工号 {0} 已停用。</source>
        <translation>{0} is retired.</translation>
    </message>
</context><context>
    <name>Coach</name>
    <message>
        <location filename="../../app/presenters/coach.py" line="77" />
        <source>考核</source>
        <translation>Exam</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach.py" line="77" />
        <source>练习</source>
        <translation>Practice</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach.py" line="80" />
        <source>交卷</source>
        <translation>Hand in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach.py" line="80" />
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach.py" line="151" />
        <source>这一步现在演示不了</source>
        <translation>This step cannot be shown now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach.py" line="152" />
        <source>请按提示自己试试，或从头再来。</source>
        <translation>Try it yourself by the hint, or start over.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach.py" line="242" />
        <location filename="../../app/presenters/coach.py" line="184" />
        <source>第 {0}/{1} 步</source>
        <translation>Step {0} of {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach.py" line="260" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach.py" line="313" />
        <source>这里</source>
        <translation>this</translation>
    </message>
</context><context>
    <name>CoachWords</name>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="18" />
        <source>看一看</source>
        <translation>Look</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="28" />
        <source>看一看屏幕，等它就绪。</source>
        <translation>Look at the screen and wait until it is ready.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="29" />
        <source>，再</source>
        <translation>, then </translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="30" />
        <source>。</source>
        <translation>.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="38" />
        <source>按 {0}（{1}）</source>
        <translation>Press {0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="40" />
        <source>按 {0}</source>
        <translation>Press {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="43" />
        <source>输入“{0}”，回车选中，再回车开始填表</source>
        <translation>type “{0}”, Enter takes it, Enter again opens the form</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="45" />
        <source>逐项填好空着的内容，每项按回车</source>
        <translation>fill the empty fields, Enter after each</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="47" />
        <source>输入“{0}”</source>
        <translation>type “{0}”</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="51" />
        <source>点“{0}”</source>
        <translation>click “{0}”</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="53" />
        <source>选择文件</source>
        <translation>choose the file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="55" />
        <source>选好位置保存</source>
        <translation>choose a place and save</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="57" />
        <source>请申请人在群众屏上逐页核对、签字</source>
        <translation>The applicant looks through the pages on the citizen’s screen and signs</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="59" />
        <source>请申请人在群众屏上评价</source>
        <translation>The applicant rates on the citizen’s screen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="74" />
        <source>{0} 天后的日期</source>
        <translation>the date {0} days from now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_words.py" line="75" />
        <source>{0} 天前的日期</source>
        <translation>the date {0} days ago</translation>
    </message>
</context><context>
    <name>CodeDialog</name>
    <message>
        <location filename="../../widgets/dialogs/code.py" line="52" />
        <source>不用 Esc</source>
        <translation>Leave it Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/code.py" line="52" />
        <source>知道了 Enter</source>
        <translation>OK Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/code.py" line="57" />
        <source>{0} Enter</source>
        <translation>{0} Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/code.py" line="61" />
        <source>{0} B</source>
        <translation>{0} B</translation>
    </message>
</context><context>
    <name>CodeLeadsPresenter</name>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="103" />
        <source>证照网址码</source>
        <translation>Address code of a licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="103" />
        <source>企业码</source>
        <translation>Firm code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="104" />
        <source>统一社会信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="106" />
        <source>码里的号码</source>
        <translation>Number in the code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="108" />
        <source>网址</source>
        <translation>Address</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="108" />
        <source>{0}（没有打开）</source>
        <translation>{0} (not opened)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="110" />
        <source>以往办件</source>
        <translation>Earlier cases</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="110" />
        <source>本窗口 {0} 件</source>
        <translation>At this window: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="111" />
        <source>企业码只标识企业，不能证明出示人身份；代办的请核对授权。</source>
        <translation>A firm code only names a firm and proves nothing about who shows it; check the authorisation of an agent.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="113" />
        <source>网址码谁都可以拍照转发，只能取号码；真伪以登记信息为准。</source>
        <translation>Anybody can copy and pass on an address code: only the number is taken; the register decides what is true.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="117" />
        <source>填入代码</source>
        <translation>Fill in the code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="119" />
        <source>所选事项的表里没有空着的单位代码。</source>
        <translation> The form of the chosen items has no empty credit code.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="196" />
        <location filename="../../app/presenters/code_leads.py" line="121" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="122" />
        <source>码里没有统一社会信用代码</source>
        <translation>The code holds no credit code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="123" />
        <source>企业服务</source>
        <translation>Firm</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="130" />
        <source>选好事项（F3）后自动填入。</source>
        <translation>It is filled in once items are chosen (F3).</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="131" />
        <source>单位代码已记下</source>
        <translation>Credit code noted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="135" />
        <source>按 Ctrl+D 查登记信息。</source>
        <translation>Ctrl+D asks the register.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="136" />
        <source>单位代码已填入</source>
        <translation>Credit code filled in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="142" />
        <source>窗口文书</source>
        <translation>Paper of a window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="144" />
        <source>不能确认</source>
        <translation>Cannot be confirmed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="146" />
        <source>文号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="147" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="203" />
        <location filename="../../app/presenters/code_leads.py" line="148" />
        <source>事项</source>
        <translation>Items</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="149" />
        <source>打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="149" />
        <source>{0}　{1}</source>
        <translation>{0}  {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="152" />
        <source>待补</source>
        <translation>Still owed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="152" />
        <source>{0} 项材料</source>
        <translation>Materials: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="154" />
        <source>签名属实。这个办件不在本窗口，请按文号到平台查询。</source>
        <translation>The signature holds. The case is not at this window; look it up by its number on the platform.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="156" />
        <source>签名属实，是本窗口打印的。</source>
        <translation>The signature holds; it was printed at this window.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="157" />
        <source>补交材料</source>
        <translation>Hand in materials</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="158" />
        <source>打开办件</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="164" />
        <source>预约码</source>
        <translation>Booking code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="204" />
        <location filename="../../app/presenters/code_leads.py" line="171" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="178" />
        <source>预约人</source>
        <translation>Booked by</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="179" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="180" />
        <source>已填</source>
        <translation>Filled in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="180" />
        <source>{0} 项</source>
        <translation>{0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="183" />
        <source>预约码不能证明来的是谁：先带入事项，读证件后再带入所填内容。</source>
        <translation>A booking code does not prove who came: items first, what was written once the ID is read.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="185" />
        <source>预约登记的证件号码与读到的证件不一致，不能带入。</source>
        <translation>The ID number of the booking differs from the card that was read; it cannot be taken over.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="188" />
        <source>与所读证件为同一人。</source>
        <translation>The same person as on the card.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="189" />
        <source>带入预约</source>
        <translation>Take over</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="194" />
        <source>一件事宣传单</source>
        <translation>Leaflet of a bundle</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="197" />
        <source>本窗口的事项目录没有这个一件事，可按 F3 搜索。</source>
        <translation>This window's catalogue has no such bundle; search with F3.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="198" />
        <source>没有这个一件事</source>
        <translation>No such bundle</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="203" />
        <source>{0} 个，一张表、一次办</source>
        <translation>{0}, in one form and one visit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="204" />
        <source>部门</source>
        <translation>Departments</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="206" />
        <source>接着逐项问清情形，不办的事项会自动去掉。</source>
        <translation>The guide asks next; items that are not needed drop out.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="207" />
        <source>起办</source>
        <translation>Begin</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="211" />
        <source>记下后写入本次办理的记录。</source>
        <translation>Once noted, it stands in the record of this visit.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="212" />
        <source>快递单号</source>
        <translation>Tracking number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="212" />
        <source>记下</source>
        <translation>Note it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/code_leads.py" line="216" />
        <source>快递单号已记下</source>
        <translation>Tracking number noted</translation>
    </message>
</context><context>
    <name>CodeLook</name>
    <message>
        <location filename="../../app/presenters/payer_code.py" line="45" />
        <source>请付款人把付款码对着摄像头</source>
        <translation>Ask the payer to hold the payment code to the camera</translation>
    </message>
</context><context>
    <name>CodePage</name>
    <message>
        <location filename="../../widgets/customer/code.py" line="28" />
        <source>电子证照二维码</source>
        <translation>Code of the e-licence</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="20" />
        <source>出示电子证照</source>
        <translation>Show an e-licence</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="22" />
        <source>摄像头画面</source>
        <translation>Camera picture</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="23" />
        <source>打开手机上的电子证照，把二维码对准摄像头</source>
        <translation>Open the e-licence on your phone and hold its QR code to the camera</translation>
    </message>
</context><context>
    <name>CodePresenter</name>
    <message>
        <location filename="../../app/presenters/codes.py" line="93" />
        <source>扫电子证照</source>
        <translation>Scan an e-licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="95" />
        <source>请来访者亮出手机上的证照二维码（Esc 停止）</source>
        <translation>Ask the visitor to show the licence's QR code (Esc stops)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="137" />
        <source>有 {0} 个码，按数字键选一个（Esc 停止）</source>
        <translation>{0} codes: press a digit to choose (Esc stops)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="161" />
        <source>已识别，请收回手机</source>
        <translation>Read; the phone can be put away</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="174" />
        <source>{0}{1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="175" />
        <source>这不是电子证照的二维码，请让来访者打开“我的证照”。内容：{0}</source>
        <translation>This is not the code of an e-licence; ask the visitor to open "My licences". Content: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="178" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="178" />
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="213" />
        <location filename="../../app/presenters/codes.py" line="201" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="238" />
        <location filename="../../app/presenters/codes.py" line="213" />
        <location filename="../../app/presenters/codes.py" line="201" />
        <source>证照</source>
        <translation>Licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="221" />
        <source>扫到的码不能用</source>
        <translation>This code is of no use here</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="251" />
        <source>画面已结束，没有读到证照。按 F4 重新扫描。</source>
        <translation>The picture has ended without a licence. Press F4 to scan again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="254" />
        <source>摄像头不能用</source>
        <translation>The camera cannot be used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/codes.py" line="254" />
        <source>请检查摄像头连线后按 F4 重试。</source>
        <translation>Check the camera's cable and press F4 to try again.</translation>
    </message>
</context><context>
    <name>CollectPage</name>
    <message>
        <location filename="../../widgets/self_service/collect.py" line="52" />
        <location filename="../../widgets/self_service/collect.py" line="28" />
        <source>领取办理结果</source>
        <translation>Collect a result</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/collect.py" line="32" />
        <source>打印的是办结通知书，每份只打印一次。另有证照原件的，凭通知书到窗口领取。</source>
        <translation>What is printed is the notice of completion, each once. A licence on its own paper is handed out at the window against the notice.</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/collect.py" line="36" />
        <source>没有可以在这里领取的结果。在其他窗口办的、要寄送的，不在这里领。</source>
        <translation>There is nothing to collect here. What was applied for at another window, or goes by post, is not collected here.</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/collect.py" line="52" />
        <source>您的办理结果</source>
        <translation>Your results</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/collect.py" line="57" />
        <source>还有 {0} 份，领完这些再放一次身份证</source>
        <translation>{0} more: collect these, then lay the card down again</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/collect.py" line="73" />
        <source>打印领取</source>
        <translation>Print</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/collect.py" line="74" />
        <source>打印领取：{0}</source>
        <translation>Print: {0}</translation>
    </message>
</context><context>
    <name>ColumnChoosers</name>
    <message>
        <location filename="../../widgets/dialogs/batch_columns.py" line="36" />
        <location filename="../../widgets/dialogs/batch_columns.py" line="26" />
        <source>列对应</source>
        <translation>Columns</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch_columns.py" line="45" />
        <source>表格的每一列取文件里的哪一列（改动会记住，下次同样的表头照此对应）：</source>
        <translation>Which column of the file each column of the table takes (remembered for files with the same headings):</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch_columns.py" line="54" />
        <source>第 {0} 列（没有表头）</source>
        <translation>Column {0} (no heading)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch_columns.py" line="58" />
        <source>{0} 取文件里的哪一列</source>
        <translation>Column of the file for {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/batch_columns.py" line="59" />
        <source>（文件里没有）</source>
        <translation>(not in the file)</translation>
    </message>
</context><context>
    <name>CompanionDialog</name>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="27" />
        <location filename="../../widgets/dialogs/companion.py" line="26" />
        <source>谁一起来的</source>
        <translation>Who came along</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="27" />
        <source>现在登记的：{0}</source>
        <translation>Noted now: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="31" />
        <source>一起来的人</source>
        <translation>Who came along</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="32" />
        <source>监护人：接着读监护人的证件</source>
        <translation>A guardian: the card is read next</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="33" />
        <source>陪同人：{0}</source>
        <translation>A helper: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="34" />
        <source>没有人陪同</source>
        <translation>Nobody</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="39" />
        <source>陪同人只记和申请人的关系，不记姓名和号码。</source>
        <translation>Of a helper only the relation is kept, no name and no number.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="40" />
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/companion.py" line="42" />
        <source>确定 Enter</source>
        <translation>OK Enter</translation>
    </message>
</context><context>
    <name>CompleteLaterDialog</name>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="135" />
        <location filename="../../widgets/dialogs/complete_later.py" line="33" />
        <source>补交与核查</source>
        <translation>To complete and check</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="40" />
        <source>查找办件</source>
        <translation>Find a case</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="41" />
        <source>受理流水号、身份证号（或后六位）、姓名</source>
        <translation>Receipt number, ID number (or its last six), name</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="42" />
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="49" />
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="50" />
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="51" />
        <source>材料</source>
        <translation>Material</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="52" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="53" />
        <source>受理流水号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="54" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="118" />
        <location filename="../../widgets/dialogs/complete_later.py" line="73" />
        <source>没有要补交的材料，也没有待核查的承诺。</source>
        <translation>No material to complete and no promise to check.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="84" />
        <source>核查属实 Y</source>
        <translation>Found true  Y</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="85" />
        <source>核查不实 N</source>
        <translation>Found false  N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="145" />
        <location filename="../../widgets/dialogs/complete_later.py" line="86" />
        <source>拍补交材料 F6</source>
        <translation>Capture it  F6</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="88" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="116" />
        <source>没有找到这样的办件，或者它没有要补交的材料。</source>
        <translation>No such case, or nothing is to be completed in it.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="145" />
        <source>拍下这一页 F6</source>
        <translation>Take this page  F6</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/complete_later.py" line="158" />
        <source>核查单位：{0}</source>
        <translation>Checked by: {0}</translation>
    </message>
</context><context>
    <name>CompleteLaterPresenter</name>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="111" />
        <source>{0} 项</source>
        <translation>Entries: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="113" />
        <source>{0} 项，其中逾期 {1} 项</source>
        <translation>Entries: {0}, overdue: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="129" />
        <source>补交：{0}（{1}）</source>
        <translation>To follow: {0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="130" />
        <source>放好材料，绿框对准后按 F6 拍下；拍完按 Esc</source>
        <translation>Place the material; press F6 when the green frame fits, Esc when done</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="145" />
        <source>正在拍高清照片，请不要移动材料…</source>
        <translation>Taking a fine picture, do not move the paper…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="160" />
        <source>这一页已补交，但{0}。下一页按 F6，拍完按 Esc</source>
        <translation>Page saved, but {0}. F6 takes the next page, Esc ends</translation>
    </message>
    <message>
        <location filename="../../app/presenters/complete_later.py" line="165" />
        <source>这一页已补交。下一页按 F6，拍完按 Esc</source>
        <translation>Page saved. F6 takes the next page, Esc ends</translation>
    </message>
</context><context>
    <name>ConfirmDialog</name>
    <message>
        <location filename="../../widgets/dialogs/confirm.py" line="26" />
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context><context>
    <name>ConfirmPage</name>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="111" />
        <location filename="../../widgets/customer/confirm.py" line="39" />
        <location filename="../../widgets/customer/confirm.py" line="35" />
        <source>请核对您填报的内容</source>
        <translation>Please check what you state</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="51" />
        <source>上一页</source>
        <translation>Back</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="115" />
        <location filename="../../widgets/customer/confirm.py" line="52" />
        <source>下一页</source>
        <translation>Next</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="53" />
        <source>确认签字</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="114" />
        <location filename="../../widgets/customer/confirm.py" line="54" />
        <source>内容有误</source>
        <translation>Something is wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="59" />
        <source>不签字</source>
        <translation>Do not sign</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="74" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="75" />
        <source>以上内容由本人提供或经本人核对，真实、准确。</source>
        <translation>I gave or checked the above; it is true and correct. </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="77" />
        <source>本人是{0}的监护人，代为申请。</source>
        <translation>I am the guardian of {0} and apply for them. </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="79" />
        <source>本人承诺：{0}。</source>
        <translation>I promise {0}.</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="79" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="110" />
        <source>第 {0} 页，共 {1} 页</source>
        <translation>Page {0} of {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="111" />
        <source>请签字确认</source>
        <translation>Please sign</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="114" />
        <source>不对</source>
        <translation>Wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="115" />
        <source>对，下一项</source>
        <translation>Right, next</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="117" />
        <source>请看一看，对不对？</source>
        <translation>Is this right?</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/confirm.py" line="118" />
        <source>{0}是</source>
        <translation>{0}:</translation>
    </message>
</context><context>
    <name>Conflicts</name>
    <message>
        <location filename="../../app/presenters/conflicts.py" line="155" />
        <source>（没有这一行）</source>
        <translation>(no such row)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/conflicts.py" line="177" />
        <source>一方删去了这一行，另一方改过这一行，请核对后再选。</source>
        <translation>One side removed this row and the other changed it. Compare before you choose.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/conflicts.py" line="179" />
        <source>这一项关系到是谁，请对照证件逐字核对后再选。</source>
        <translation>This says who somebody is: compare every character with the document.</translation>
    </message>
</context><context>
    <name>ConflictsDialog</name>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="37" />
        <source>更正核对</source>
        <translation>Settle corrections</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="48" />
        <source>受理流水号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="49" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="50" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="51" />
        <source>发现</source>
        <translation>Found</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="52" />
        <source>更正原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="53" />
        <source>核对</source>
        <translation>To settle</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="61" />
        <source>不一致的栏目</source>
        <translation>Fields that differ</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="61" />
        <source>栏目</source>
        <translation>Field</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="61" />
        <source>采用</source>
        <translation>Taken</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="126" />
        <location filename="../../widgets/dialogs/conflicts.py" line="70" />
        <source>没有要核对的更正。
更正和平台的内容有出入时，会列在这里，由您决定采用哪一个。</source>
        <translation>No correction to settle.
Where a correction and the platform differ, it is listed here and you decide which one stands.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="81" />
        <source>核对这一项</source>
        <translation>Settle this field</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="97" />
        <source>撤销 Ctrl+Z</source>
        <translation>Undo Ctrl+Z</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="310" />
        <location filename="../../widgets/dialogs/conflicts.py" line="99" />
        <source>以后再定 Esc</source>
        <translation>Later Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="100" />
        <source>确认并上报 Enter</source>
        <translation>Confirm and send Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="114" />
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="128" />
        <source>{0} 件待核对</source>
        <translation>{0} to settle</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="180" />
        <source>已定，待上报</source>
        <translation>decided</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="180" />
        <source>还有 {0} 项</source>
        <translation>{0} open</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="182" />
        <source>选好，待确认</source>
        <translation>to confirm</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="198" />
        <source>未定</source>
        <translation>open</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="199" />
        <source>本窗更正</source>
        <translation>This window</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="200" />
        <source>平台内容</source>
        <translation>The platform</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="201" />
        <source>另填</source>
        <translation>Another</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="241" />
        <source>正在检查…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="307" />
        <source>还有 {0} 项没有选定</source>
        <translation>{0} fields are still open</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/conflicts.py" line="310" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
</context><context>
    <name>ConflictsPresenter</name>
    <message>
        <location filename="../../app/presenters/conflicts.py" line="103" />
        <source>已决定 {0}。关闭本页或下次上传时报平台，此前可按 Ctrl+Z 撤销。</source>
        <translation>{0} is decided. It goes to the platform when you close this page or at the next upload; until then Ctrl+Z takes it back.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/conflicts.py" line="115" />
        <source>已撤销，请重新决定。</source>
        <translation>Taken back: decide again.</translation>
    </message>
</context><context>
    <name>ConsentBar</name>
    <message>
        <location filename="../../widgets/consent_bar.py" line="28" />
        <source>外借设备</source>
        <translation>Lending devices</translation>
    </message>
    <message>
        <location filename="../../widgets/consent_bar.py" line="42" />
        <source>同意一次</source>
        <translation>Allow once</translation>
    </message>
    <message>
        <location filename="../../widgets/consent_bar.py" line="43" />
        <source>本次来访都同意</source>
        <translation>Allow for this visit</translation>
    </message>
    <message>
        <location filename="../../widgets/consent_bar.py" line="44" />
        <source>不同意</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <location filename="../../widgets/consent_bar.py" line="63" />
        <source>　后面还有 {0} 个请求</source>
        <translation>  {0} more waiting</translation>
    </message>
    <message>
        <location filename="../../widgets/consent_bar.py" line="75" />
        <source>{0} 秒后按不同意处理</source>
        <translation>Refused in {0} s</translation>
    </message>
</context><context>
    <name>ContestedPanel</name>
    <message>
        <location filename="../../widgets/contested.py" line="89" />
        <source>核对这一项</source>
        <translation>Settle this field</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="97" />
        <source>本窗更正</source>
        <translation>This window</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="98" />
        <source>平台内容</source>
        <translation>The platform</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="99" />
        <source>另填</source>
        <translation>Another</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="118" />
        <source>已经决定，还没有上报；要改请按 Ctrl+Z 撤销。</source>
        <translation>Decided and not sent yet; Ctrl+Z takes it back.</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="120" />
        <source>原来：{0}</source>
        <translation>Before: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="120" />
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="130" />
        <source>采用</source>
        <translation>Taken</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="159" />
        <source>另填的内容</source>
        <translation>Another value</translation>
    </message>
</context><context>
    <name>CustomerPresenter</name>
    <message>
        <location filename="../../app/presenters/customer.py" line="127" />
        <source>有容缺或承诺的材料，必须由申请人签字。</source>
        <translation>There are tolerated or promised materials: the applicant must sign.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="165" />
        <source>没有采到指纹：{0}。可以再按一次。</source>
        <translation>No fingerprint taken: {0}. Try once more.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="176" />
        <source>请申请人看清群众屏上的内容，把手指平放在指纹仪上…</source>
        <translation>Let the applicant read the citizen's screen, then lay a finger flat on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="205" />
        <source>表单有改动</source>
        <translation>The form was changed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="205" />
        <source>改好后按 F7，群众屏会请申请人重新核对。</source>
        <translation>When done press F7: the citizen’s screen asks the applicant to check again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="261" />
        <source>已收到您的签字</source>
        <translation>Your signature was received</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="261" />
        <source>已收到您的指纹确认</source>
        <translation>Your fingerprint was received</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="262" />
        <source>正在受理，请稍候</source>
        <translation>One moment please</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="267" />
        <source>申请人说内容有误</source>
        <translation>The applicant says that something is wrong</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="268" />
        <source>请与申请人核对，改好后按 F7 重新确认。</source>
        <translation>Check with the applicant; when put right, press F7 to confirm again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="277" />
        <source>申请人不签字</source>
        <translation>The applicant does not sign</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="277" />
        <source>请问明情况，在对话框中选原因。</source>
        <translation>Ask why, and choose the reason in the dialog.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="287" />
        <source>谢谢您的评价</source>
        <translation>Thank you for your rating</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="345" />
        <source>申请人已确认签字</source>
        <translation>The applicant has signed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="345" />
        <source>按 F8 受理打印。</source>
        <translation>Press F8 to accept and print.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="358" />
        <source>欢迎</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="359" />
        <source>暂停服务</source>
        <translation>Closed for now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="360" />
        <source>办理中</source>
        <translation>serving</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="361" />
        <source>一次性告知</source>
        <translation>one-time notice</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="362" />
        <source>等待群众确认签字 {0}/{1}</source>
        <translation>waiting for signature {0}/{1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="363" />
        <source>已签字</source>
        <translation>signed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="364" />
        <source>群众评价，可接待下一位</source>
        <translation>rating; you may go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="365" />
        <source>可接待下一位</source>
        <translation>you may go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="370" />
        <source>申请人正在签字</source>
        <translation>The applicant is signing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer.py" line="370" />
        <source>申请人正在看第 {0} 页，共 {1} 页</source>
        <translation>The applicant is reading page {0} of {1}</translation>
    </message>
</context><context>
    <name>CustomerScreen</name>
    <message>
        <location filename="../../widgets/customer/screen.py" line="48" />
        <location filename="../../widgets/customer/screen.py" line="47" />
        <source>群众屏</source>
        <translation>Citizen’s screen</translation>
    </message>
</context><context>
    <name>CutPicture</name>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="258" />
        <source>裁好的照片</source>
        <translation>Finished photograph</translation>
    </message>
</context><context>
    <name>Desk</name>
    <message>
        <location filename="../../app/presenters/desk.py" line="100" />
        <source>{0}：{1}{2}</source>
        <translation>{0}: {1} {2}</translation>
    </message>
</context><context>
    <name>DeviceSetup</name>
    <message>
        <location filename="../../app/presenters/device_setup.py" line="92" />
        <source>正在试着连接…</source>
        <translation>Trying to connect…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_setup.py" line="117" />
        <source>连上了：{0}。按 Ctrl+S 保存。</source>
        <translation>Connected: {0}. Press Ctrl+S to keep it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_setup.py" line="120" />
        <source>没有连上：{0}</source>
        <translation>Not connected: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_setup.py" line="151" />
        <source>已停用；想恢复按 Ctrl+R。</source>
        <translation>Taken out of use; Ctrl+R brings it back.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_setup.py" line="152" />
        <source>已保存，现在就能用；想恢复原来的按 Ctrl+R。</source>
        <translation>Saved and ready for use; Ctrl+R brings the former one back.</translation>
    </message>
</context><context>
    <name>DeviceSetupDialog</name>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="35" />
        <source>找到的设备</source>
        <translation>Devices found</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="36" />
        <source>设备</source>
        <translation>Device</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="36" />
        <source>怎样分辨</source>
        <translation>How to tell it</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="36" />
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="62" />
        <location filename="../../widgets/dialogs/device_setup.py" line="45" />
        <source>设备地址</source>
        <translation>Device address</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="46" />
        <source>从上面选，或照设备说明填写地址</source>
        <translation>Choose above, or type the address from the manual</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="49" />
        <source>停用 Ctrl+Delete</source>
        <translation>Take out of use Ctrl+Delete</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="51" />
        <source>恢复原来的 Ctrl+R</source>
        <translation>Bring back Ctrl+R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="53" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="106" />
        <location filename="../../widgets/dialogs/device_setup.py" line="54" />
        <source>保存 Ctrl+S</source>
        <translation>Save Ctrl+S</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="56" />
        <source>试连 Enter</source>
        <translation>Try Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="71" />
        <source>更换设备：{0}</source>
        <translation>Change device: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="72" />
        <source>先试连，连上了再保存；不保存就还是原来的</source>
        <translation>Try it first, then save; without saving everything stays as it was</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="85" />
        <source>正在找已接上的设备…</source>
        <translation>Looking for connected devices…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="87" />
        <source>找到 {0} 个可能的设备：</source>
        <translation>{0} possible devices found:</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="89" />
        <source>没有自动找到。网络设备和部分专用设备要照说明填写地址。</source>
        <translation>None found. Network devices and some special ones need their address typed from the manual.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/device_setup.py" line="106" />
        <source>仍然保存 Ctrl+S</source>
        <translation>Save anyway Ctrl+S</translation>
    </message>
</context><context>
    <name>DeviceTrials</name>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="63" />
        <source>读卡正常：{0}（{1}）</source>
        <translation>The card was read: {0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="68" />
        <source>读到机读区：{0} 行，证件类别 {1}。</source>
        <translation>Machine-readable zone read: {0} lines, document type {1}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="88" />
        <source>扫到 {0} 页，{1} × {2} 点。</source>
        <translation>{0} pages scanned, {1} × {2} dots.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="95" />
        <source>收到签名：{0} 笔，{1} 个点。</source>
        <translation>Signature received: {0} strokes, {1} points.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="101" />
        <source>试评价</source>
        <translation>trial</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="105" />
        <source>请按六位数字试一试</source>
        <translation>Please press six digits</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="138" />
        <source>请把证件放到读卡器上…</source>
        <translation>Put the card on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="145" />
        <source>读卡器正常，只是没有放证件。放上证件再试一次。</source>
        <translation>The reader works, there is just no card. Put one on and try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="148" />
        <source>请把护照资料页放到阅读机上…</source>
        <translation>Put the data page of a passport on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="151" />
        <source>阅读机正常，只是没有放证件。放上再试一次。</source>
        <translation>The reader works, there is just no document. Put one on and try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="154" />
        <source>请插入或放上卡片…</source>
        <translation>Insert or lay on a card…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="156" />
        <source>卡片有应答（{0} 字节）。</source>
        <translation>The card answered ({0} bytes).</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="157" />
        <source>读卡器正常，只是没有卡片。插入再试一次。</source>
        <translation>The reader works, there is just no card. Insert one and try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="160" />
        <source>请把手指平放在指纹仪上…</source>
        <translation>Lay a finger flat on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="163" />
        <source>采到指纹，质量 {0} 分；试采的指纹已丢弃。</source>
        <translation>Fingerprint taken, quality {0}; it has been discarded.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="165" />
        <source>指纹仪正常，只是没有按手指。再试一次。</source>
        <translation>The reader works, there was just no finger. Try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="168" />
        <source>正在扫描，请在玻璃上放一张纸…</source>
        <translation>Scanning; lay a sheet on the glass…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="171" />
        <source>扫描仪正常，只是没有纸。放好再试一次。</source>
        <translation>The scanner works, there is just no paper. Lay some on and try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="174" />
        <source>请在签字板上写几笔并确认…</source>
        <translation>Write something on the pad and confirm…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="175" />
        <source>请签名试一试</source>
        <translation>Please sign</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="177" />
        <source>签字板正常，只是没有人签。再试一次。</source>
        <translation>The pad works, nobody signed. Try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="180" />
        <source>请用扫码枪扫任意一个码…</source>
        <translation>Scan any code…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="183" />
        <source>扫到一个码：{0}…（共 {1} 个字符）</source>
        <translation>A code was scanned: {0}… ({1} characters)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="185" />
        <source>扫码枪正常，只是没有扫码。再试一次。</source>
        <translation>The scanner works, nothing was scanned. Try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="188" />
        <source>请在密码键盘上按六位数字，再按确认…</source>
        <translation>Press six digits on the PIN pad, then confirm…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="190" />
        <source>收到 {0} 位：{1}</source>
        <translation>{0} digits received: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="191" />
        <source>密码键盘正常，只是没有人按。再试一次。</source>
        <translation>The PIN pad works, nobody pressed. Try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="200" />
        <location filename="../../app/presenters/device_trials.py" line="194" />
        <source>正在试打…</source>
        <translation>Printing a test…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="202" />
        <location filename="../../app/presenters/device_trials.py" line="196" />
        <source>已送打印机：请看纸上的字是否清楚、左右是否完整。</source>
        <translation>Sent to the printer: is the type clear and whole on both sides?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="201" />
        <source>试打</source>
        <translation>Test print</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="206" />
        <source>正在试打一张卡…</source>
        <translation>Printing a test card…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="208" />
        <source>已送打印机：请看卡上的边框是否完整。</source>
        <translation>Sent to the printer: is the frame on the card whole?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="212" />
        <source>请在评价器上按任意一个键…</source>
        <translation>Press any key of the rating device…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="214" />
        <source>评价器正常，收到了按键；试按不计入评价。</source>
        <translation>The rating device works, a key arrived; a trial does not count.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="215" />
        <source>评价器正常，只是没有人按。再试一次。</source>
        <translation>The rating device works, nobody pressed. Try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="218" />
        <source>正在显示问候语…</source>
        <translation>Showing a greeting…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="219" />
        <source>您好</source>
        <translation>Hello</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="219" />
        <source>欢迎光临</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="220" />
        <source>已送到客显屏：请看上面是否显示“您好”。</source>
        <translation>Sent to the display: does it say Hello?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="223" />
        <source>正在试叫号…</source>
        <translation>Calling a number…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="225" />
        <source>已叫号 0000：请看屏幕、听喇叭。</source>
        <translation>Number 0000 was called: look at the display and listen.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="228" />
        <source>正在读钥匙里的证书…</source>
        <translation>Reading the certificates on the key…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="230" />
        <source>钥匙有应答，里面有 {0} 张证书。</source>
        <translation>The key answers; it holds {0} certificates.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="231" />
        <source>接口正常，只是没有插钥匙。插上再试一次。</source>
        <translation>The port is fine; no key is plugged in. Plug it in and try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="234" />
        <source>正在查询，不会收款…</source>
        <translation>Asking only, no money is taken…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="236" />
        <source>终端有应答。只查询，没有收款。</source>
        <translation>The terminal answered. Asked only, nothing was taken.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_trials.py" line="237" />
        <source>终端有应答，查无此单：正常。只查询，没有收款。</source>
        <translation>The terminal answered that it knows no such payment: that is right. Nothing was taken.</translation>
    </message>
</context><context>
    <name>DeviceWords</name>
    <message>
        <location filename="../../app/presenters/device_words.py" line="21" />
        <source>1. 打开上盖，取出旧纸。
2. 装上新纸，盖好。
3. 按 T 试打一张。</source>
        <translation>1. Open the cover and take the old roll out.
2. Put a new one in and close it.
3. Press T to print a test.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="24" />
        <source>1. 看电源灯亮不亮。
2. 把连接线两头拔下再插紧。
3. 插好后几秒内自动恢复，也可以按 R。</source>
        <translation>1. Is its power light on?
2. Pull the cable at both ends and plug it in firmly.
3. It comes back within seconds, or press R.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="27" />
        <source>1. 关掉设备电源，等 10 秒再打开。
2. 按 R 重新连接。
3. 还不行请找运维人员，把上面这句话告诉他。</source>
        <translation>1. Switch the device off, wait 10 seconds, switch it on.
2. Press R to connect again.
3. If it still fails, call support and read out the sentence above.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="31" />
        <source>1. 看设备是否开机、有没有在忙。
2. 等几秒，程序会自己再试。
3. 还不行就关掉再打开设备，按 R。</source>
        <translation>1. Is the device on, or busy?
2. Wait some seconds: it is tried again by itself.
3. If it still fails switch it off and on, then press R.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="34" />
        <source>1. 看是不是别的程序正在用它。
2. 关掉那个程序。
3. 按 R 重新连接。</source>
        <translation>1. Is another program using it?
2. Close that program.
3. Press R to connect again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="35" />
        <source>1. 把证件或纸张拿起重新放好。
2. 擦净玻璃或触点。
3. 按 T 再试一次。</source>
        <translation>1. Lift the card or sheet and lay it on again.
2. Clean the glass or the contacts.
3. Press T to try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="38" />
        <source>1. 到设备处看看刚才做成了没有。
2. 按 T 试一试。</source>
        <translation>1. Go and see whether it was done.
2. Press T to try it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="41" />
        <source>1. 把摄像头的 USB 线插紧，最好直接插在主机上。
2. 关掉其他正在用摄像头的程序。
3. 插好后自动恢复。</source>
        <translation>1. Plug the camera in firmly, best at the computer itself.
2. Close other programs that use the camera.
3. It comes back by itself.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="45" />
        <source>1. 关掉视频会议、高拍仪自带软件等正在用摄像头的程序。
2. 按 R 重新连接。</source>
        <translation>1. Close what uses the camera: video calls, its maker’s own program.
2. Press R to connect again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="48" />
        <source>1. 看打印机开没开、网线插没插。
2. 急着用：按 Shift+F8，再按 X 换一台打印机。
3. 打印机恢复后会自动接着打。</source>
        <translation>1. Is the printer on and its network cable in?
2. In a hurry: Shift+F8, then X for another printer.
3. Printing goes on by itself once it is back.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="52" />
        <source>1. 把读卡器的 USB 线拔下再插紧，看它的灯亮不亮。
2. 几秒内自动恢复，也可以按 R。</source>
        <translation>1. Pull the reader’s USB cable and plug it in firmly; is its light on?
2. It comes back within seconds, or press R.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="55" />
        <source>1. 拉出纸盒，放入 A4 纸，推到底。
2. 按打印机上的“继续”。
3. 等着的文书会自动接着打。</source>
        <translation>1. Pull the tray out, put A4 paper in, push it home.
2. Press “continue” on the printer.
3. Waiting papers are printed by themselves.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="58" />
        <source>1. 看卡槽里还有没有空白卡。
2. 看色带用完没有，用完就换。
3. 盖好上盖，按 R。</source>
        <translation>1. Are there blank cards left?
2. Is the ribbon used up? Change it.
3. Close the cover and press R.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="61" />
        <source>1. 先不要再收一次。
2. 看终端有没有打出签购单，或在终端上查询这一笔。
3. 查清楚之前按“未知”处理。</source>
        <translation>1. Do not take the money again.
2. Did the terminal print a slip? Look the payment up on it.
3. Until that is clear it counts as unknown.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="65" />
        <source>1. 先不要收款。
2. 看终端是否开机、连接线是否插紧。
3. 恢复后按 T 查询一次，确认能用再收款。</source>
        <translation>1. Take no money now.
2. Is the terminal on and its cable firm?
3. Once it is back press T to ask it, then take money again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="75" />
        <location filename="../../app/presenters/device_words.py" line="73" />
        <source>试读卡 T</source>
        <translation>Read a card T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="74" />
        <source>试读证件 T</source>
        <translation>Read a document T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="76" />
        <source>试按指纹 T</source>
        <translation>Take a finger T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="78" />
        <location filename="../../app/presenters/device_words.py" line="77" />
        <source>看画面 T</source>
        <translation>See the picture T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="79" />
        <source>试扫一页 T</source>
        <translation>Scan a page T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="80" />
        <source>试签名 T</source>
        <translation>Sign T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="81" />
        <source>试扫码 T</source>
        <translation>Scan a code T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="82" />
        <source>试按密码 T</source>
        <translation>Ask for digits T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="83" />
        <source>试打凭条 T</source>
        <translation>Print a strip T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="84" />
        <source>试打一页 T</source>
        <translation>Print a page T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="85" />
        <source>试打一张卡 T</source>
        <translation>Print a card T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="86" />
        <source>试评价 T</source>
        <translation>Ask a rating T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="87" />
        <source>试显示 T</source>
        <translation>Show a greeting T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="88" />
        <source>试叫号 T</source>
        <translation>Call a number T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="89" />
        <source>试查询 T</source>
        <translation>Ask it T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="90" />
        <source>看证书 T</source>
        <translation>See certificates T</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="93" />
        <source>调曝光</source>
        <translation>exposure</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="94" />
        <source>调对焦</source>
        <translation>focus</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="95" />
        <source>高清拍照</source>
        <translation>fine stills</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="96" />
        <source>选画面大小</source>
        <translation>picture sizes</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="97" />
        <source>红外</source>
        <translation>infrared</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="98" />
        <source>读卡内指纹</source>
        <translation>fingerprints of the card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="99" />
        <source>读机读区</source>
        <translation>machine-readable zone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="100" />
        <source>读芯片</source>
        <translation>chip</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="101" />
        <source>自动送稿</source>
        <translation>feeder</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="102" />
        <source>双面</source>
        <translation>both sides</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="103" />
        <source>笔压</source>
        <translation>pen pressure</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="104" />
        <source>报告缺纸</source>
        <translation>tells about paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="105" />
        <source>切纸</source>
        <translation>cutter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="106" />
        <source>彩色</source>
        <translation>colour</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="107" />
        <source>显示图片</source>
        <translation>pictures</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="108" />
        <source>语音</source>
        <translation>speech</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="109" />
        <source>退款</source>
        <translation>refunds</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="133" />
        <source>未配备</source>
        <translation>None</translation>
    </message>
    <message>
        <location filename="../../app/presenters/device_words.py" line="137" />
        <source>检查中</source>
        <translation>Checking</translation>
    </message>
</context><context>
    <name>DevicesDialog</name>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="42" />
        <location filename="../../widgets/dialogs/devices.py" line="34" />
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="35" />
        <source>灯不亮时先看这里：是什么问题、怎么办</source>
        <translation>When a light is out, look here first: what is wrong, what to do</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="42" />
        <source>类别</source>
        <translation>Category</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="42" />
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="42" />
        <source>何时起</source>
        <translation>Since</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="42" />
        <source>型号、序列号</source>
        <translation>Model, serial number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="69" />
        <source>下一个异常 N</source>
        <translation>Next trouble N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="155" />
        <location filename="../../widgets/dialogs/devices.py" line="72" />
        <source>更换设备 S</source>
        <translation>Change device S</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="75" />
        <source>重新连接 R</source>
        <translation>Connect again  R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="77" />
        <source>试一试 T</source>
        <translation>Try out  T</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="79" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="155" />
        <source>配备设备 S</source>
        <translation>Set up device S</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="165" />
        <source>这个位置没有配备设备。需要时接好设备，按 S 选择它。</source>
        <translation>No device stands here. Connect one and press S to choose it.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="166" />
        <source>这个位置没有配备设备。需要时请窗口负责人登录后在这里登记。</source>
        <translation>No device stands here. The window’s manager can set one up here after signing in.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="169" />
        <source>支持：{0}</source>
        <translation>Can do: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/devices.py" line="171" />
        <source>最后正常：{0}</source>
        <translation>Last well: {0}</translation>
    </message>
</context><context>
    <name>DevicesPresenter</name>
    <message>
        <location filename="../../app/presenters/devices.py" line="109" />
        <source>正在重新连接…</source>
        <translation>Connecting again…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="201" />
        <location filename="../../app/presenters/devices.py" line="122" />
        <source>已经连上。</source>
        <translation>Connected.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="155" />
        <source>已停止。</source>
        <translation>Stopped.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="161" />
        <source>正在使用中，画面在主屏右下角。</source>
        <translation>It is in use; its picture is at the lower right of the main screen.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="164" />
        <source>正在打开画面…</source>
        <translation>Opening the picture…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="176" />
        <source>正在看画面，按 Esc 停止。</source>
        <translation>Looking; Esc stops.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="203" />
        <source>画面正常，每秒约 {0} 帧。</source>
        <translation>The picture is fine, about {0} frames a second.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/devices.py" line="212" />
        <source>没有成功，设备没有说明原因。</source>
        <translation>It did not work, and the device gave no reason.</translation>
    </message>
</context><context>
    <name>DonePage</name>
    <message>
        <location filename="../../widgets/self_service/start.py" line="122" />
        <source>已交到窗口</source>
        <translation>Handed to the counter</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="125" />
        <source>到窗口还要补</source>
        <translation>Still needed at the counter</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="133" />
        <source>已交到窗口，您的号码是</source>
        <translation>Handed to the counter. Your number is</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="136" />
        <source>请带好身份证，工作人员核对后受理</source>
        <translation>Bring your ID card; a clerk checks and accepts it</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="140" />
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="155" />
        <source>等 {0} 项</source>
        <translation>… {0} in all</translation>
    </message>
</context><context>
    <name>DoorPresenter</name>
    <message>
        <location filename="../../app/presenters/door.py" line="161" />
        <source>正在打开本机数据…</source>
        <translation>Opening the data…</translation>
    </message>
</context><context>
    <name>DoorWindow</name>
    <message>
        <location filename="../../widgets/doorway.py" line="27" />
        <location filename="../../widgets/doorway.py" line="25" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/doorway.py" line="26" />
        <source>一窗，请登录</source>
        <translation>Yichuang, please sign in</translation>
    </message>
</context><context>
    <name>DoubleDialog</name>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="26" />
        <source>疑似重复受理</source>
        <translation>Possible duplicate</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="38" />
        <source>两件都已收下，不会自动合并，也不会自动撤销。请与对方窗口或申请人核实，再选一项；选定后两个窗口都会收到。</source>
        <translation>Both are taken in; nothing is merged or withdrawn by itself. Ask the other window or the applicant, then choose; both windows will hear of it.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="52" />
        <source>两件都要办 Alt+1</source>
        <translation>Both go on Alt+1</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="53" />
        <source>只办本件 Alt+2</source>
        <translation>Only this one Alt+2</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="54" />
        <source>只办对方那件 Alt+3</source>
        <translation>Only the other Alt+3</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="62" />
        <source>以后再说 Esc</source>
        <translation>Later  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="73" />
        <source>本窗口</source>
        <translation>This window</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="73" />
        <source>对方窗口</source>
        <translation>The other window</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/double.py" line="93" />
        <source>正在告知平台…</source>
        <translation>Telling the platform…</translation>
    </message>
</context><context>
    <name>DoublesPresenter</name>
    <message>
        <location filename="../../app/presenters/doubles.py" line="62" />
        <source>现在连不上平台，还没有记下；联网后请再选一次。</source>
        <translation>The platform cannot be reached: nothing is noted yet. Choose again once it is back.</translation>
    </message>
</context><context>
    <name>DraftsPresenter</name>
    <message>
        <location filename="../../app/presenters/drafts.py" line="144" />
        <source>已挂起</source>
        <translation>Parked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="144" />
        <source>Alt+数字键取回，Ctrl+Shift+P 看挂起清单。</source>
        <translation>Alt+number takes it up again, Ctrl+Shift+P lists what is parked.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="145" />
        <source>{0}办过的内容都已保存。</source>
        <translation>{0} What was done is kept.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="205" />
        <source>已取回，但事项目录更新过</source>
        <translation>Taken up again, but the catalogue has changed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="206" />
        <source>请核对申请表和材料清单。</source>
        <translation>Please check the form and the materials.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="208" />
        <source>已取回</source>
        <translation>Taken up again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="264" />
        <source>不要这位来访者的办理内容了？</source>
        <translation>Throw this visit away?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="265" />
        <source>已读取、填写和拍摄的内容会被清除，不能恢复。</source>
        <translation>What was read, filled in and captured will be erased for good.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="266" />
        <source>不要了</source>
        <translation>Throw away</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="267" />
        <source>留着</source>
        <translation>Keep</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="325" />
        <source>{0}（尾号 {1}）</source>
        <translation>{0} (ending in {1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="326" />
        <source>已填 {0}/{1}，材料 {2}/{3}</source>
        <translation>{0}/{1} filled in, materials {2}/{3}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="329" />
        <source>{0} 等 {1} 项</source>
        <translation>{0} … {1} in all</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="333" />
        <source>未读证件</source>
        <translation>No card read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="334" />
        <source>未选事项</source>
        <translation>Nothing chosen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="335" />
        <source>内容读不出来</source>
        <translation>Cannot be read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="336" />
        <source>请联系技术支持，或者不要了</source>
        <translation>Call support, or throw it away</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="337" />
        <source>已等 {0} 分钟</source>
        <translation>waiting {0} min</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="346" />
        <source>自助 {0}　{1}</source>
        <translation>Self-service {0}  {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/drafts.py" line="346" />
        <source>自助未完　{0}</source>
        <translation>Self-service, unfinished  {0}</translation>
    </message>
</context><context>
    <name>DutyPresenter</name>
    <message>
        <location filename="../../app/presenters/duty.py" line="67" />
        <source>演示口令 {0}</source>
        <translation>Demo PIN {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/duty.py" line="169" />
        <source>已恢复服务</source>
        <translation>Service resumed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/duty.py" line="169" />
        <source>已暂停服务</source>
        <translation>Service paused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/duty.py" line="170" />
        <source>按 Ctrl+Shift+S 恢复。</source>
        <translation>Press Ctrl+Shift+S to resume.</translation>
    </message>
</context><context>
    <name>Editors</name>
    <message>
        <location filename="../../widgets/editors.py" line="30" />
        <source>年月日，如 20261201</source>
        <translation>yyyymmdd, e.g. 20261201</translation>
    </message>
    <message>
        <location filename="../../widgets/editors.py" line="246" />
        <source>如“吴兴 月河”或 wx yh，↓ 列出常用</source>
        <translation>Street after district, or initials: wx yh; ↓ lists recent ones</translation>
    </message>
</context><context>
    <name>Face</name>
    <message>
        <location filename="../../app/presenters/face_words.py" line="12" />
        <source>没有看到人脸，请对方面向镜头</source>
        <translation>No face is seen: ask the person to face the camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="13" />
        <source>画面里不止一个人，请旁人让开</source>
        <translation>More than one person is seen: ask the others to step aside</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="14" />
        <source>离镜头太远，请靠近一些</source>
        <translation>Too far from the camera: please come closer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="15" />
        <source>脸没有照全，请坐到画面中间</source>
        <translation>The face is cut off: please sit in the middle</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="16" />
        <source>没有正对镜头，请看着镜头</source>
        <translation>The face is turned: please look at the camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="17" />
        <source>头偏了，请坐正</source>
        <translation>The head leans: please sit upright</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="18" />
        <source>脸上太暗，请开灯或换个方向</source>
        <translation>The face is too dark: more light, or another direction</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="19" />
        <source>脸上太亮，请避开强光</source>
        <translation>The face is too bright: please avoid strong light</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="20" />
        <source>脸上一边亮一边暗，请避开侧面的光</source>
        <translation>One half of the face is dark: please avoid light from the side</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="21" />
        <source>画面模糊，请坐稳，或者擦一擦镜头</source>
        <translation>The picture is blurred: sit still, or wipe the lens</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="25" />
        <source>芯片照片</source>
        <translation>Photo in the chip</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="29" />
        <location filename="../../app/presenters/face_words.py" line="26" />
        <source>证件照片</source>
        <translation>Photo of the card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="27" />
        <source>登记时的证件照片</source>
        <translation>Photograph as registered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="28" />
        <source>材料上的照片</source>
        <translation>Photo on a captured page</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="32" />
        <source>请对方：看着镜头</source>
        <translation>Ask the person to look at the camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="33" />
        <source>请对方：慢慢把头转向自己的左边</source>
        <translation>Ask the person to turn the head slowly to their own left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="34" />
        <source>请对方：慢慢把头转向自己的右边</source>
        <translation>Ask the person to turn the head slowly to their own right</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="37" />
        <source>已按要求转头，不是静止照片；视频、面具仍能骗过</source>
        <translation>Turned as asked: no still photo. A film or a mask can still pass</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="38" />
        <source>没有按要求转头。可以按 T 再来一次。</source>
        <translation>The head was not turned as asked. Press T to try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="39" />
        <source>中间脸不见了或者换了位置，请按 T 重来。</source>
        <translation>The face was gone or changed its place. Press T to start again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="50" />
        <source>{0}（{1}/{2}）</source>
        <translation>{0} ({1}/{2})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="66" />
        <source>证件照片上没有找到人脸，不给相似度</source>
        <translation>No face on the document photo, so no likeness</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="68" />
        <source>本机没有安装人脸相似度，请看照片判定</source>
        <translation>This machine has no comparison of faces installed; please judge by the photograph</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="71" />
        <source>模型作者的参考线是 {0:.2f}，没有用窗口的照片检验过，不能据此判定是不是本人。</source>
        <translation>The authors' line is {0:.2f}; it was never tried with photos of this counter, so nobody is judged by it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face_words.py" line="72" />
        <source>相似度 {0:.2f}，只供参考，由您判定</source>
        <translation>Likeness {0:.2f}: advice only, you decide</translation>
    </message>
</context><context>
    <name>FacePage</name>
    <message>
        <location filename="../../widgets/self_service/face.py" line="27" />
        <source>比对人脸</source>
        <translation>Compare faces</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/face.py" line="30" />
        <source>现场画面</source>
        <translation>Live picture</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/face.py" line="35" />
        <source>同意，开始比对</source>
        <translation>I agree: compare</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/face.py" line="36" />
        <source>不同意，到窗口领取</source>
        <translation>I do not agree: collect at the counter</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/face.py" line="52" />
        <source>领取前，先比对本人和身份证上的照片</source>
        <translation>Before you collect: you and the photograph on your card</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/face.py" line="54" />
        <source>同意后，镜头看一下您的脸，和身份证芯片里的照片比对。照片不保存，只记录是否一致。不同意的，请到窗口领取，由工作人员核对。</source>
        <translation>If you agree, the camera looks at your face and compares it with the photograph in your card's chip. No picture is kept, only whether they agree. If you do not agree, please collect at the counter, where staff compare.</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/face.py" line="63" />
        <source>请看着镜头</source>
        <translation>Please look at the camera</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/face.py" line="69" />
        <source>请到窗口领取</source>
        <translation>Please collect at the counter</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/face.py" line="83" />
        <source>正在打开摄像头</source>
        <translation>The camera is being opened</translation>
    </message>
</context><context>
    <name>FacePanel</name>
    <message>
        <location filename="../../widgets/face.py" line="119" />
        <location filename="../../widgets/face.py" line="93" />
        <source>人证核对</source>
        <translation>Compare face</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="140" />
        <location filename="../../widgets/face.py" line="129" />
        <location filename="../../widgets/face.py" line="110" />
        <location filename="../../widgets/face.py" line="97" />
        <source>证件照片</source>
        <translation>Photo of the card</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="113" />
        <location filename="../../widgets/face.py" line="98" />
        <source>现场画面</source>
        <translation>Live picture</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="100" />
        <source>是本人 Y</source>
        <translation>Same Y</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="101" />
        <source>不是本人 N</source>
        <translation>Not same N</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="105" />
        <source>转头 T</source>
        <translation>Turn T</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="106" />
        <source>请对方按提示转头：能识破静止的照片</source>
        <translation>Ask the person to turn the head as told: a still photo cannot</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="128" />
        <source>正在找证件照片…</source>
        <translation>Looking for the document photo…</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="132" />
        <source>正在打开摄像头…</source>
        <translation>Opening the camera…</translation>
    </message>
    <message>
        <location filename="../../widgets/face.py" line="139" />
        <source>没有取得照片，请看证件上的照片</source>
        <translation>No photo was had: look at the one on the document</translation>
    </message>
</context><context>
    <name>FacePresenter</name>
    <message>
        <location filename="../../app/presenters/face.py" line="78" />
        <source>请看照片、证件和本人是否同一人（Esc 先不核对）</source>
        <translation>Same person in photograph, card and life? (Esc: not now)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face.py" line="130" />
        <source>画面已结束</source>
        <translation>The picture has ended</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face.py" line="134" />
        <source>画面中断，接好后自动恢复</source>
        <translation>Picture lost; it comes back once plugged in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face.py" line="144" />
        <source>人证一致</source>
        <translation>Same person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face.py" line="147" />
        <location filename="../../app/presenters/face.py" line="144" />
        <source>已记入办理记录。</source>
        <translation>Recorded.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face.py" line="146" />
        <source>请先不要受理：问明情况，请本人带本人证件来办，或按代办核对授权。</source>
        <translation>Do not accept yet: ask; the holder must come with the card, or check the authorisation of an agent.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/face.py" line="147" />
        <source>人证不一致</source>
        <translation>Not the same person</translation>
    </message>
</context><context>
    <name>FieldPicture</name>
    <message>
        <location filename="../../widgets/dialogs/card_check.py" line="35" />
        <source>{0}的图像</source>
        <translation>Picture of {0}</translation>
    </message>
</context><context>
    <name>FieldRow</name>
    <message>
        <location filename="../../widgets/field_row.py" line="270" />
        <source>材料上识别到，核对后采用（Enter 采用，Esc 不采用）：</source>
        <translation>Read on the paper; compare, then Enter takes it, Esc drops it:</translation>
    </message>
    <message>
        <location filename="../../widgets/field_row.py" line="272" />
        <source>材料上识别到，请逐字核对生僻字（Ctrl+1 采用，Esc 不采用）：</source>
        <translation>Read on the paper; compare each character (Ctrl+1 takes it, Esc drops it):</translation>
    </message>
</context><context>
    <name>FindingsDialog</name>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="87" />
        <source>还差和有误的项</source>
        <translation>Missing and wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="91" />
        <source>有误 {0} 项，未填 {1} 项，请留意 {2} 项</source>
        <translation>{0} wrong, {1} missing, {2} to look at</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="100" />
        <source>有误</source>
        <translation>Wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="101" />
        <source>未填</source>
        <translation>Missing</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="102" />
        <source>请留意</source>
        <translation>To look at</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="113" />
        <source>没有要改的，按 F7 核对。</source>
        <translation>Nothing to mend. Press F7 to check.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="114" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="117" />
        <source>去改 Enter</source>
        <translation>Go there  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="135" />
        <source>{0} 第 {1} 行</source>
        <translation>{0}, row {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="136" />
        <source>{0} · {1}　{2}</source>
        <translation>{0} · {1}: {2}</translation>
    </message>
</context><context>
    <name>Firm</name>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="25" />
        <source>{0} · {1} 个标签 · {2} 项政策符合，可测算 {3} 元</source>
        <translation>{0} · {1} tags · {2} policies fit, {3} yuan</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="28" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="30" />
        <source>没有数据的维度按“待核”处理：{0}</source>
        <translation>Dimensions without data cannot be told: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="44" />
        <source>起办</source>
        <translation>Begin</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="51" />
        <source>有</source>
        <translation>yes</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="52" />
        <source>没有</source>
        <translation>No</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="63" />
        <location filename="../../app/presenters/firm_words.py" line="53" />
        <source>待核</source>
        <translation>cannot be told</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="61" />
        <source>符合</source>
        <translation>fits</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="62" />
        <source>不符合</source>
        <translation>does not fit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm_words.py" line="70" />
        <source>去申报</source>
        <translation>Apply</translation>
    </message>
</context><context>
    <name>FirmDialog</name>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="34" />
        <source>企业服务</source>
        <translation>Firm</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="40" />
        <source>统一社会信用代码</source>
        <translation>Unified credit code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="41" />
        <source>扫企业码，或者输入统一社会信用代码，按 Enter</source>
        <translation>Scan the firm code, or type the credit code and press Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="43" />
        <source>查询 Enter</source>
        <translation>Ask Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="47" />
        <source>看什么</source>
        <translation>Show</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="48" />
        <source>画像 Alt+1</source>
        <translation>Profile Alt+1</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="48" />
        <source>政策 Alt+2</source>
        <translation>Policies Alt+2</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="48" />
        <source>办事场景 Alt+3</source>
        <translation>Scenes Alt+3</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="56" />
        <source>画像</source>
        <translation>Profile</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="56" />
        <source>维度</source>
        <translation>Dimension</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="56" />
        <source>标签</source>
        <translation>Tag</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="59" />
        <location filename="../../widgets/dialogs/firm.py" line="56" />
        <source>结论</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="59" />
        <location filename="../../widgets/dialogs/firm.py" line="59" />
        <source>政策</source>
        <translation>Policy</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="59" />
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="61" />
        <source>办事场景</source>
        <translation>Scenes</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="61" />
        <source>场景</source>
        <translation>Scene</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="61" />
        <source>怎么办</source>
        <translation>How</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="76" />
        <source>提诉求 N</source>
        <translation>Demand N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="79" />
        <source>打印测算单 P</source>
        <translation>Print sheet P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="82" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="173" />
        <source>{0} Enter</source>
        <translation>{0} Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/firm.py" line="193" />
        <source>依据</source>
        <translation>Reasons</translation>
    </message>
</context><context>
    <name>FirmPresenter</name>
    <message>
        <location filename="../../app/presenters/firm.py" line="81" />
        <source>正在向各部门查询……</source>
        <translation>Asking the registers …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm.py" line="101" />
        <source>本地的企业服务文件有误，按随程序的用：{0} 第 {1} 行，{2}</source>
        <translation>A file of this hall is wrong, the shipped ones are used: {0} line {1}, {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/firm.py" line="167" />
        <source>{0} 已送打印</source>
        <translation>{0} sent to the printer</translation>
    </message>
</context><context>
    <name>FormBody</name>
    <message>
        <location filename="../../widgets/form_body.py" line="54" />
        <source>申请表各项</source>
        <translation>Fields of the form</translation>
    </message>
    <message>
        <location filename="../../widgets/form_body.py" line="63" />
        <source>当前部分</source>
        <translation>Current part</translation>
    </message>
</context><context>
    <name>FormPanel</name>
    <message>
        <location filename="../../widgets/form_panel.py" line="117" />
        <location filename="../../widgets/form_panel.py" line="54" />
        <location filename="../../widgets/form_panel.py" line="49" />
        <source>申请表</source>
        <translation>Form</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="52" />
        <source>必填项已齐，按 F7 核对。</source>
        <translation>All required fields are filled. Press F7 to check.</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="62" />
        <source>填写进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="108" />
        <source>{0} 个事项合一</source>
        <translation>{0} items in one</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="110" />
        <source>，少填 {0} 项</source>
        <translation>, {0} questions saved</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="349" />
        <source>Enter 跳到下一个空项　↑↓ 上下移动　Esc 撤回本项输入</source>
        <translation>Enter: next empty field   ↑↓: move   Esc: undo this field</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="360" />
        <location filename="../../widgets/form_panel.py" line="354" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="70" />
        <location filename="../../widgets/form_panel.py" line="359" />
        <source>尚未填写</source>
        <translation>not filled in yet</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="401" />
        <source>已填 {0}/{1}，还差 {2} 项</source>
        <translation>{0}/{1} filled, {2} missing</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="403" />
        <source>已填 {0}/{1}</source>
        <translation>{0}/{1} filled</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="405" />
        <source>已填 {0}/{1}，齐了</source>
        <translation>{0}/{1} filled, complete</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="407" />
        <source>，{0} 项有误</source>
        <translation>, {0} wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/form_panel.py" line="418" />
        <source>已受理，本表不能再改。</source>
        <translation>Accepted. This form can no longer be changed.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/findings.py" line="69" />
        <source>来源不一致，请选定</source>
        <translation>Sources disagree; choose one</translation>
    </message>
</context><context>
    <name>GiveBackDialog</name>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="244" />
        <source>交回任务包：{0}</source>
        <translation>Give back: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="246" />
        <location filename="../../widgets/dialogs/outing.py" line="245" />
        <source>交回任务包</source>
        <translation>Give the pack back</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="249" />
        <source>已受理 {0} 件，会先上报再交回；任务包里的个人信息随后从本机清除。</source>
        <translation>{0} cases accepted: they are sent first. Then the pack's personal data is removed from this machine.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="251" />
        <source>没有受理办件；任务包里的个人信息会从本机清除。</source>
        <translation>No case was accepted. The pack's personal data is removed from this machine.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="256" />
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="257" />
        <source>说明（可不填），例如：改约下周二上午</source>
        <translation>Note (optional), e.g. moved to Tuesday morning</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="260" />
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="261" />
        <source>没办成，交回 Alt+N</source>
        <translation>Not done, give back Alt+N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="262" />
        <source>办完了，交回 Alt+Y</source>
        <translation>Done, give back Alt+Y</translation>
    </message>
</context><context>
    <name>GuidePage</name>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="165" />
        <source>先问清情形</source>
        <translation>A few questions first</translation>
    </message>
</context><context>
    <name>GuidePanel</name>
    <message>
        <location filename="../../widgets/guide_panel.py" line="62" />
        <source>情形引导</source>
        <translation>Guide to the situation</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="74" />
        <source>上一问 ↑</source>
        <translation>Back ↑</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="75" />
        <source>返回搜索 Esc</source>
        <translation>Back to search Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="100" />
        <source>1–9 选择　↑ 上一问　↓ 保留原答案　Esc 返回搜索</source>
        <translation>1–9 answer  ↑ back  ↓ keep the answer  Esc search</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="140" />
        <source>……等 {0} 个</source>
        <translation>… {0} in all</translation>
    </message>
    <message>
        <location filename="../../widgets/guide_panel.py" line="166" />
        <source>第 {0} 页，共 {1} 页，按 0 翻页</source>
        <translation>Page {0} of {1}, 0 turns it</translation>
    </message>
</context><context>
    <name>Header</name>
    <message>
        <location filename="../../app/presenters/about.py" line="18" />
        <location filename="../../app/presenters/application.py" line="62" />
        <location filename="../../widgets/header.py" line="84" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="88" />
        <source>演示模式</source>
        <translation>Demo</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="105" />
        <source>窗口信息</source>
        <translation>Window</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="121" />
        <source>办理步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="141" />
        <source>窗口信息和办理步骤</source>
        <translation>Window and steps</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="150" />
        <source>窗口人员：{0}</source>
        <translation>Clerk: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="155" />
        <source>暂停服务</source>
        <translation>Paused</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="155" />
        <source>服务中</source>
        <translation>Serving</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="160" />
        <source>挂起 {0}　Ctrl+Shift+P</source>
        <translation>Parked {0}  Ctrl+Shift+P</translation>
    </message>
    <message>
        <location filename="../../widgets/header.py" line="167" />
        <source>当前 {0}</source>
        <translation>Now {0}</translation>
    </message>
</context><context>
    <name>HelpDialog</name>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="47" />
        <source>帮助与手册</source>
        <translation>Help and handbook</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="48" />
        <source>全程可只用键盘；Esc 总是返回或取消</source>
        <translation>Everything works from the keyboard; Esc always goes back or cancels</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="73" />
        <location filename="../../widgets/dialogs/help.py" line="51" />
        <source>按键一览</source>
        <translation>Keys</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="56" />
        <location filename="../../widgets/dialogs/help.py" line="55" />
        <source>搜索帮助</source>
        <translation>Search the help</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="82" />
        <location filename="../../widgets/dialogs/help.py" line="61" />
        <source>帮助目录</source>
        <translation>Contents of the help</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="66" />
        <source>没有找到。换个说法试试。</source>
        <translation>Nothing found. Try other words.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="69" />
        <source>帮助内容</source>
        <translation>Help page</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="87" />
        <source>返回上一页 Alt+←</source>
        <translation>Back  Alt+←</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/help.py" line="89" />
        <source>关闭 Enter</source>
        <translation>Close  Enter</translation>
    </message>
</context><context>
    <name>HitDelegate</name>
    <message>
        <location filename="../../widgets/hits.py" line="103" />
        <source>置顶</source>
        <translation>Pinned</translation>
    </message>
    <message>
        <location filename="../../widgets/hits.py" line="104" />
        <source>常办</source>
        <translation>Frequent</translation>
    </message>
    <message>
        <location filename="../../widgets/hits.py" line="105" />
        <source>立等可取</source>
        <translation>At once</translation>
    </message>
    <message>
        <location filename="../../widgets/hits.py" line="106" />
        <source>可一起办</source>
        <translation>Goes with it</translation>
    </message>
    <message>
        <location filename="../../widgets/hits.py" line="108" />
        <source>已选</source>
        <translation>Chosen</translation>
    </message>
</context><context>
    <name>Hours</name>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="23" />
        <source>开放时间：{0}</source>
        <translation>Open: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="24" />
        <source>延时服务：{0}</source>
        <translation>Extended hours: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="38" />
        <source>下次开放：{0}</source>
        <translation>Next open: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="39" />
        <source>现在不在开放时间</source>
        <translation>The desk is closed now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="42" />
        <source>到 {0} 为止；受理的办件计入延时服务，办理时限仍按工作日计算。</source>
        <translation>Until {0}; cases count as extended service, their time limits still run in working days.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="43" />
        <source>现在是延时服务</source>
        <translation>Extended hours now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="60" />
        <source>{0}至{1}</source>
        <translation>{0}–{1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="61" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="62" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="67" />
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="67" />
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="67" />
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="67" />
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="68" />
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="68" />
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <location filename="../../app/presenters/hours_words.py" line="68" />
        <source>周日</source>
        <translation>Sun</translation>
    </message>
</context><context>
    <name>IdPhoto</name>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="22" />
        <source>人像</source>
        <translation>Face</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="23" />
        <source>姿态</source>
        <translation>Pose</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="24" />
        <source>光线</source>
        <translation>Light</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="27" />
        <source>白色，干净</source>
        <translation>White, plain</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="28" />
        <source>浅色：出入境证件可以，其他证件要白色</source>
        <translation>Light: exit and entry takes it, others want white</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="29" />
        <source>颜色不合要求，请换白色背景</source>
        <translation>The colour is not allowed: use a white one</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="30" />
        <source>有影子或杂物，请换干净的白墙</source>
        <translation>Shadows or things: use a plain white wall</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="33" />
        <source>头部大小不合</source>
        <translation>Size of the head</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="34" />
        <source>脸部宽度不合</source>
        <translation>Width of the face</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="35" />
        <source>头顶留白不合</source>
        <translation>Room above the head</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="36" />
        <source>眼睛位置偏低</source>
        <translation>Eyes too low</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="37" />
        <source>下巴离下边太近</source>
        <translation>Chin too near the edge</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="38" />
        <source>画面不够大，边上是补出来的，请往中间坐</source>
        <translation>Picture too small, its edge is drawn out: sit in the middle</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="39" />
        <source>离镜头太远，照片发虚</source>
        <translation>Too far away, the photo is soft</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="40" />
        <source>背景不合</source>
        <translation>Background</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="59" />
        <location filename="../../app/presenters/photo_words.py" line="54" />
        <source>等待人像</source>
        <translation>Waiting for a face</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="56" />
        <source>合格</source>
        <translation>Well</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="63" />
        <source>背景</source>
        <translation>Background</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="69" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="71" />
        <source>符合规格</source>
        <translation>Keeps the rules</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="76" />
        <source>{0}　{1:g}×{2:g} 毫米</source>
        <translation>{0}  {1:g}×{2:g} mm</translation>
    </message>
    <message>
        <location filename="../../app/presenters/photo_words.py" line="82" />
        <source>、</source>
        <translation>, </translation>
    </message>
</context><context>
    <name>IdPhotoDialog</name>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="153" />
        <location filename="../../widgets/dialogs/id_photo.py" line="98" />
        <source>拍证件照</source>
        <translation>Take the photograph</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="107" />
        <source>申请人同意保存照片，以后办事再用 C</source>
        <translation>The applicant agrees to keep it for later C</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="109" />
        <source>也同意平台各窗口办各部门的事时用 A</source>
        <translation>Agrees that every window of the platform may use it, too A</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="115" />
        <source>用已存照片 K</source>
        <translation>Use the kept one K</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="116" />
        <source>删除已存照片</source>
        <translation>Delete the kept one</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="126" />
        <source>检查结果</source>
        <translation>What was checked</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="135" />
        <source>不拍 Esc</source>
        <translation>Leave Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="137" />
        <source>重拍 R</source>
        <translation>Again R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="139" />
        <source>拍照 空格</source>
        <translation>Shoot Space</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="141" />
        <source>采用 Enter</source>
        <translation>Use it Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="155" />
        <source>正在打开摄像头…</source>
        <translation>Opening the camera…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="164" />
        <source>加密保存，最多 {0} 天，随时可以删除。只勾第一项，照片只在本机；勾第二项，平台也存一份，别的窗口读了本人证件才能取用，每次都有记录。都不勾，只用于这次办理。</source>
        <translation>Encrypted, {0} days at most, deleted at any time. With the first alone it stays on this machine; with the second the platform keeps one, too, which other windows get only with the person's document, and each use is written down. With neither it serves this visit only.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="168" />
        <source>先读证件，才能保存到以后用。</source>
        <translation>Read a document first to keep it for later.</translation>
    </message>
</context><context>
    <name>IdPhotoPresenter</name>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="129" />
        <source>这次要用：{0}</source>
        <translation>Wanted now: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="129" />
        <source>这次没有要照片的材料，可以先存下</source>
        <translation>No material wants one now; it can be kept for later</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="150" />
        <source>画面已结束</source>
        <translation>The picture has ended</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="180" />
        <source>这张不能用，请重拍。</source>
        <translation>This one cannot be used: take another.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="182" />
        <source>有不合规格的地方，部门可能退回；能重拍的请重拍。</source>
        <translation>Not all rules are kept, and the department may refuse it: take another if you can.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="215" />
        <source>{0} 份材料用上了这张照片。</source>
        <translation>Materials that use it: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="215" />
        <source>以后选的事项要照片时自动用上。</source>
        <translation>Items chosen later use it by themselves.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="228" />
        <location filename="../../app/presenters/id_photo.py" line="217" />
        <source>证件照已拍好</source>
        <translation>The photograph is taken</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="224" />
        <source>照片已加密保存，随后报平台；各窗口可用到 {0}。</source>
        <translation>Kept, encrypted, and on its way to the platform; every window may use it until {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="227" />
        <source>照片已加密存在本机，到 {0} 为止。</source>
        <translation>Kept encrypted on this machine until {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="286" />
        <source>平台存有 {0} 在“{1}”拍的照片。</source>
        <translation>The platform has a photograph of {0}, taken at “{1}”.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="288" />
        <source>本机存有 {0} 拍的照片。</source>
        <translation>This machine has a photograph of {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="290" />
        <source>别的窗口存的照片现在取不到：{0}。</source>
        <translation>Photographs of other windows cannot be had now: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="317" />
        <source>已存的照片已经删除。</source>
        <translation>The kept photograph was deleted.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/id_photo.py" line="319" />
        <source>本机的照片已经删除；平台连接不上，一连上就删除平台的。</source>
        <translation>Deleted here; the platform does not answer, and will delete its own as soon as it does.</translation>
    </message>
</context><context>
    <name>Identity</name>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="18" />
        <source>证件是真的吗</source>
        <translation>Is the document genuine?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="19" />
        <source>是本人吗</source>
        <translation>Is it this person?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="20" />
        <source>以前来过吗</source>
        <translation>Been here before?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="21" />
        <source>挂失、作废了吗</source>
        <translation>Lost or revoked?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="24" />
        <source>真实有效</source>
        <translation>Genuine and in force</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="25" />
        <source>不能采用</source>
        <translation>Not to be used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="26" />
        <source>没有核验</source>
        <translation>Not verified</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="27" />
        <source>是本人</source>
        <translation>Same person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="28" />
        <source>不是本人</source>
        <translation>Not the same person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="34" />
        <location filename="../../app/presenters/identity_words.py" line="29" />
        <source>没有核对</source>
        <translation>Not checked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="30" />
        <source>来过</source>
        <translation>Yes</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="31" />
        <source>没有记录</source>
        <translation>No record</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="32" />
        <source>没有</source>
        <translation>No</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="33" />
        <source>在名单上</source>
        <translation>Listed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="37" />
        <source>芯片签名经签发国证书核验，防复制检查通过</source>
        <translation>The chip's signature holds against the issuing state's certificate, and the chip is no copy</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="38" />
        <source>芯片签名经签发国证书核验；证件没有防复制功能</source>
        <translation>The chip's signature holds against the issuing state's certificate; this document cannot show that it is no copy</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="39" />
        <source>芯片的签发证书存疑，请对照资料页，必要时请出入境部门协助</source>
        <translation>The certificate behind the chip is in doubt; compare the data page, ask the border authority where needed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="40" />
        <source>芯片未能核验，请对照资料页人工核对</source>
        <translation>The chip could not be verified; compare with the data page by eye</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="41" />
        <source>芯片核验不通过，请按本单位规定上报</source>
        <translation>The chip failed verification; report it as your office requires</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="42" />
        <source>读卡器的安全模块与卡内芯片互相认证</source>
        <translation>The reader's security module and the card's chip authenticated each other</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="43" />
        <source>读到的号码校验位不对，请换一台读卡器再读</source>
        <translation>The check digit of the number read is wrong; read again with another reader</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="44" />
        <source>只读了机读码，谁都能印；请按 Ctrl+F2 读芯片</source>
        <translation>Only the machine-readable zone was read, which anybody can print; press Ctrl+F2 to read the chip</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="45" />
        <source>只从图像识读；请按 F2 用读卡器读</source>
        <translation>Read from a picture only; press F2 to use the card reader</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="46" />
        <source>有效期已过：{0}</source>
        <translation>Expired: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="47" />
        <source>凭服务码；证件在 {0} 登记时核验过芯片，平台确认仍有效</source>
        <translation>By the personal code; the chip was verified at registration on {0}, and the platform confirms the code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="48" />
        <source>凭服务码，{0} 登记；平台没有应答，请查验证件或重扫</source>
        <translation>By the personal code, registered {0}; the platform did not answer: look at the document, or scan again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="49" />
        <source>还没有读证件；身份证按 F2，护照按 Ctrl+F2</source>
        <translation>No document read yet: F2 for an ID card, Ctrl+F2 for a passport</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="50" />
        <source>窗口人员当面比对证件照片</source>
        <translation>Compared with the photo by the clerk</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="51" />
        <source>窗口人员当面比对证件照片，不是同一人</source>
        <translation>Compared with the photo by the clerk: not the same person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="52" />
        <source>请按 Alt+F 对着现场画面看证件照片</source>
        <translation>Press Alt+F to look at the photo beside the person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="53" />
        <source>本窗口有同一号码的办件 {0} 件</source>
        <translation>This window has {0} case(s) under the same number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="54" />
        <source>本窗口没有这个号码的办件；不影响结论</source>
        <translation>This window has no case under this number; it does not matter for the conclusion</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="55" />
        <source>名单（{0}）上已挂失；不要凭它办理，请按本单位规定上报</source>
        <translation>Reported lost on the list of {0}: do not accept it; report it as your office prescribes</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="56" />
        <source>名单（{0}）上已作废；不要凭它办理，请按本单位规定上报</source>
        <translation>Revoked on the list of {0}: do not accept it; report it as your office prescribes</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="57" />
        <source>不在名单（{0}）上</source>
        <translation>Not on the list of {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="58" />
        <source>本机的名单（{0}）已过期，不能说明没有挂失；联网后自动更新</source>
        <translation>This window's list ({0}) is past its time and clears nobody; it is renewed once online</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="59" />
        <source>平台新给的名单不可信，没有采用；请联系平台管理员，并到签发机关的系统查询</source>
        <translation>The newest list cannot be believed and was not taken: tell the platform's administrator, and ask the issuer's own system</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="62" />
        <source>平台没有下发名单，请到签发机关的系统查询</source>
        <translation>The platform has sent no list; ask the issuing authority's system</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="65" />
        <source>核验通过</source>
        <translation>Passed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="66" />
        <source>核验不通过</source>
        <translation>Not passed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="67" />
        <source>还没有核验完</source>
        <translation>Not finished</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="70" />
        <source>证件芯片</source>
        <translation>document chip</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="71" />
        <source>读卡器</source>
        <translation>card reader</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="72" />
        <source>机读码</source>
        <translation>machine-readable zone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="73" />
        <source>证件图像</source>
        <translation>picture of the document</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="74" />
        <source>来访人服务码</source>
        <translation>Personal service code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="77" />
        <source>核验结论</source>
        <translation>Conclusion</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="78" />
        <source>证件种类、读取方式</source>
        <translation>Document, how it was read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="79" />
        <source>四项结论和依据</source>
        <translation>Four answers and their grounds</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="80" />
        <source>号码的密钥摘要</source>
        <translation>Keyed hash of the number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="81" />
        <source>核验时间、记录编号</source>
        <translation>Time, record number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="84" />
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="85" />
        <source>证件号码</source>
        <translation>document number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="86" />
        <source>出生日期</source>
        <translation>birth date</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="87" />
        <source>国籍</source>
        <translation>nationality</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="88" />
        <source>住址</source>
        <translation>address</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="89" />
        <source>证件照片</source>
        <translation>document photo</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="90" />
        <source>现场画面</source>
        <translation>live picture</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="121" />
        <source>读到证件、核对本人以后，才能记录和出反馈单。</source>
        <translation>Read the document and compare the person first; then it can be recorded and a slip issued.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="123" />
        <source>核对本人以后，才能记录和出反馈单。</source>
        <translation>Compare the person first; then it can be recorded and a slip issued.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="126" />
        <source>已记录：{0}，编号 {1}</source>
        <translation>On record at {0}, no. {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="129" />
        <source>没有读证件</source>
        <translation>No document read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="129" />
        <source>没有内容</source>
        <translation>nothing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="136" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="166" />
        <source>{0}，{1} 天前</source>
        <translation>{0}, {1} days ago</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="166" />
        <source>{0}，今天</source>
        <translation>{0}, today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="173" />
        <source>记录时产生，每个系统各不相同</source>
        <translation>made when recorded, another for each system</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity_words.py" line="177" />
        <source>见上</source>
        <translation>as above</translation>
    </message>
</context><context>
    <name>IdentityDialog</name>
    <message>
        <location filename="../../widgets/dialogs/identity.py" line="81" />
        <location filename="../../widgets/dialogs/identity.py" line="31" />
        <source>身份核验</source>
        <translation>Check identity</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/identity.py" line="49" />
        <source>会离开本机的</source>
        <translation>Leaves this machine</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/identity.py" line="50" />
        <source>留在本机、不外传的</source>
        <translation>Stays on this machine</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/identity.py" line="61" />
        <source>人证核对 Alt+F</source>
        <translation>Compare face Alt+F</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/identity.py" line="64" />
        <source>出反馈单 Alt+P</source>
        <translation>Slip Alt+P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/identity.py" line="67" />
        <source>登记服务码 Alt+R</source>
        <translation>Register  Alt+R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/identity.py" line="70" />
        <source>记录核验 Enter</source>
        <translation>Record Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/identity.py" line="72" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
</context><context>
    <name>IdentityPresenter</name>
    <message>
        <location filename="../../app/presenters/identity.py" line="130" />
        <source>已记录：{0}。</source>
        <translation>On record: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity.py" line="151" />
        <source>还没有打印，看过按 Enter 打印</source>
        <translation>Not printed yet; look at it, then press Enter to print</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity.py" line="167" />
        <source>编号 {0}</source>
        <translation>No. {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity.py" line="170" />
        <source>{0}已出具</source>
        <translation>{0} was issued</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity.py" line="172" />
        <source>本窗口没有配备打印机。</source>
        <translation>This window has no printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/identity.py" line="173" />
        <source>{0}没有打印</source>
        <translation>{0} was not printed</translation>
    </message>
</context><context>
    <name>IdlePage</name>
    <message>
        <location filename="../../widgets/customer/pages.py" line="45" />
        <source>欢迎</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="45" />
        <source>暂停服务</source>
        <translation>Closed for now</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="47" />
        <source>请出示身份证件或电子证照</source>
        <translation>Please show your ID card or e-licence</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="47" />
        <source>请到其他窗口办理，给您带来不便请谅解</source>
        <translation>Please go to another window; we apologise</translation>
    </message>
</context><context>
    <name>Issued</name>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="24" />
        <source>证照</source>
        <translation>Licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="30" />
        <source>{0}已注销：签发它的决定已撤回</source>
        <translation>{0} revoked: the decision behind it was taken back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="32" />
        <source>{0}已签发</source>
        <translation>{0} issued</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="34" />
        <source>{0}不能交付：{1}</source>
        <translation>{0} cannot be handed over: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="35" />
        <source>{0}已签发，还没有送到本窗口</source>
        <translation>{0} issued, not yet at this window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="41" />
        <source>签发机关</source>
        <translation>Issued by</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="50" />
        <source>证照编号</source>
        <translation>Licence no.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="54" />
        <source>有效期至</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="55" />
        <source>办件</source>
        <translation>Case</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="56" />
        <source>本机核验</source>
        <translation>Checked here</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued_words.py" line="63" />
        <source>请用手机拍下或扫描，存入卡包。
有效期至 {0}。办事时出示，窗口验签。</source>
        <translation>Please take a picture of it or scan it into your wallet.
Valid until {0}. Show it at any window; its signature is checked there.</translation>
    </message>
</context><context>
    <name>IssuedDialog</name>
    <message>
        <location filename="../../widgets/dialogs/issued.py" line="82" />
        <location filename="../../widgets/dialogs/issued.py" line="29" />
        <source>电子证照</source>
        <translation>E-licence</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/issued.py" line="33" />
        <source>电子证照二维码</source>
        <translation>Code of the e-licence</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/issued.py" line="39" />
        <source>请持证人用手机拍下或扫描存入卡包，也可以打印凭条带走；办事时出示，窗口验签。</source>
        <translation>The holder takes a picture of it or scans it into a wallet, or takes a printed slip along; any window checks its signature.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/issued.py" line="47" />
        <source>打印凭条 Alt+P</source>
        <translation>Print slip Alt+P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/issued.py" line="50" />
        <source>送达回证 Alt+W</source>
        <translation>Proof of service Alt+W</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/issued.py" line="53" />
        <source>收起 Esc</source>
        <translation>Put away Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/issued.py" line="68" />
        <source>已显示在群众屏上。</source>
        <translation>It is on the visitor's screen.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/issued.py" line="70" />
        <source>没有群众屏：请把屏幕转向持证人，或打印凭条。</source>
        <translation>There is no visitor's screen: turn yours to the holder, or print the slip.</translation>
    </message>
</context><context>
    <name>IssuedPresenter</name>
    <message>
        <location filename="../../app/presenters/issued.py" line="107" />
        <source>已送打印。</source>
        <translation>Sent to the printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/issued.py" line="109" />
        <source>没有可用的页式打印机，请持证人用手机拍下。</source>
        <translation>There is no sheet printer: the holder takes a picture of it.</translation>
    </message>
</context><context>
    <name>ItemPicker</name>
    <message>
        <location filename="../../widgets/picker.py" line="68" />
        <source>选事项</source>
        <translation>Choose items</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="72" />
        <source>搜索事项</source>
        <translation>Search items</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="73" />
        <source>来办什么？输入日常说法、拼音首字母或事项编码</source>
        <translation>What for? Everyday words, pinyin initials or a code</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="84" />
        <source>搜索结果</source>
        <translation>Results</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="97" />
        <source>开始填表</source>
        <translation>Start the form</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="100" />
        <source>↓↑ 选择　Enter 加入　Ctrl+D 置顶　Esc 返回</source>
        <translation>↓↑ move  Enter add  Ctrl+D pin  Esc back</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="124" />
        <source>没有找到“{0}”。
换个日常说法，或输入拼音首字母、事项编码。</source>
        <translation>Nothing found for “{0}”.
Try other words, pinyin initials or a code.</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="126" />
        <source>例如：开理发店、换驾照、klfd</source>
        <translation>For example: open a barber's shop, licence exchange, klfd</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="132" />
        <source>正在搜索…</source>
        <translation>Searching…</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="143" />
        <source>已选 {0}</source>
        <translation>Chosen: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="143" />
        <source>尚未选事项</source>
        <translation>Nothing chosen yet</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="168" />
        <source>移除 {0}</source>
        <translation>Remove {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="169" />
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="175" />
        <source>改答案</source>
        <translation>Change</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="177" />
        <source>重新回答 {0} 的问题</source>
        <translation>Answer the questions of {0} again</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="208" />
        <source>开始填表　Ctrl+Enter</source>
        <translation>Start the form   Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/picker.py" line="208" />
        <source>开始填表　Enter</source>
        <translation>Start the form   Enter</translation>
    </message>
</context><context>
    <name>ItemsPresenter</name>
    <message>
        <location filename="../../app/presenters/items.py" line="196" />
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/items.py" line="203" />
        <source>还没有选择事项</source>
        <translation>No item chosen yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/items.py" line="203" />
        <source>输入群众的话搜索，用 ↓ 选中，回车加入。</source>
        <translation>Type what the visitor says, select with ↓, add with Enter.</translation>
    </message>
</context><context>
    <name>KeyOverview</name>
    <message>
        <location filename="../../widgets/help_keys.py" line="22" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="25" />
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="27" />
        <source>随时可用</source>
        <translation>At any time</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="28" />
        <source>取回挂起的来访者</source>
        <translation>Take up a parked visit</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="35" />
        <source>选事项</source>
        <translation>Choose items</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="37" />
        <source>在结果里移动</source>
        <translation>Move in the results</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="38" />
        <source>加入所选事项；未输入时去填表</source>
        <translation>Add the marked item; with nothing typed, go to the form</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="39" />
        <source>去填表</source>
        <translation>Go to the form</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="40" />
        <source>置顶或取消置顶</source>
        <translation>Pin or unpin</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="41" />
        <source>清空搜索，再按返回</source>
        <translation>Clear the search; again to go back</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="45" />
        <source>申请表</source>
        <translation>Form</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="47" />
        <source>确认本项，跳到下一个空项</source>
        <translation>Confirm and go to the next empty field</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="48" />
        <source>上一项、下一项；选择项按 ↓ 打开列表</source>
        <translation>Previous, next field; ↓ opens a list of choices</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="49" />
        <source>撤回本项刚输入的内容</source>
        <translation>Take back what was just typed</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="50" />
        <source>日期可只输数字，或者今天、+30、3个月后</source>
        <translation>A date as digits, or +30 for days from today</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="51" />
        <source>选项和地址可输拼音首字母、代码</source>
        <translation>Choices and addresses by pinyin initials or code</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="52" />
        <source>来源不一致时选定第几个</source>
        <translation>Which of the disagreeing sources to take</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="56" />
        <source>表格</source>
        <translation>Tables</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="58" />
        <source>加一行；Ctrl+Delete 删行，Ctrl+Z 恢复</source>
        <translation>Add a row; Ctrl+Delete removes it, Ctrl+Z brings it back</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="59" />
        <source>移动一行</source>
        <translation>Move a row</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="60" />
        <source>同上一行；Ctrl+D 向下填充</source>
        <translation>As above; Ctrl+D fills down</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="61" />
        <source>粘贴 Excel、WPS 表格，按表头对列</source>
        <translation>Paste from Excel or WPS, columns by their headings</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="65" />
        <source>材料清单</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="67" />
        <source>拍所选材料</source>
        <translation>Capture the selected material</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="68" />
        <source>容缺受理</source>
        <translation>Accept without it for now</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="69" />
        <source>告知承诺</source>
        <translation>Accept a signed promise instead</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="70" />
        <source>沿用以前交过的</source>
        <translation>Use what was handed in before</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="71" />
        <source>确认收件要点</source>
        <translation>Confirm the acceptance points</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="72" />
        <source>看各页，转正、排序</source>
        <translation>View, turn and order the pages</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="73" />
        <source>取图片文件</source>
        <translation>Take a picture file</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="74" />
        <source>删除最后一页</source>
        <translation>Delete the last page</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="75" />
        <source>补交与核查</source>
        <translation>To complete and check</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="92" />
        <source>演示这一步</source>
        <translation>Show this step</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="93" />
        <source>开、关提示</source>
        <translation>Hints on or off</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="94" />
        <source>从头再来</source>
        <translation>Start over</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="95" />
        <source>结束课程</source>
        <translation>End the lesson</translation>
    </message>
    <message>
        <location filename="../../widgets/help_keys.py" line="97" />
        <source>课程</source>
        <translation>Lesson</translation>
    </message>
</context><context>
    <name>KeyPresenter</name>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="62" />
        <source>演示钥匙口令 {0}</source>
        <translation>Demo key PIN {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="81" />
        <source>{0}的钥匙　工号 {1}</source>
        <translation>Key of {0}, staff no. {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="84" />
        <source>钥匙口令输错过</source>
        <translation>a wrong key PIN was entered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="84" />
        <source>再输错一次钥匙就会锁死</source>
        <translation>one more wrong PIN locks the key</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="87" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="92" />
        <source>本窗口要用钥匙登录，还没有配置钥匙：请找运维人员。</source>
        <translation>This window is opened by key and none is set up: ask support.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="94" />
        <source>钥匙已拔出，屏幕随即锁定。插回后输入钥匙口令。</source>
        <translation>The key was pulled out and the screen locked. Plug it in again and enter its PIN.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="95" />
        <source>钥匙已拔出，屏幕随即锁定。插回后输入钥匙口令，或直接输入自己的口令。</source>
        <translation>The key was pulled out and the screen locked. Plug it in again and enter its PIN, or enter your own.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="97" />
        <source>请插上您的钥匙</source>
        <translation>Plug in your key</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="103" />
        <source>钥匙没有插好：请插上钥匙再试。</source>
        <translation>The key is not plugged in: plug it in and try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="118" />
        <source>钥匙没有完成核验：{0}</source>
        <translation>The key did not finish the check: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="193" />
        <source>钥匙已锁死：口令输错次数太多。请到发证机构解锁，其间请负责人安排。</source>
        <translation>The key is locked: too many wrong PINs. Have its issuer unlock it; meanwhile ask your manager.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="199" />
        <source>钥匙口令不对：只剩最后一次，再输错钥匙就会锁死。想不起来请先找发证机构。</source>
        <translation>Wrong key PIN: one try is left, then the key locks. If you cannot recall it, ask its issuer first.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/clerk_key.py" line="200" />
        <source>钥匙口令不对：请重新输入。错的次数由钥匙记着，多次输错会锁死。</source>
        <translation>Wrong key PIN: enter it again. The key counts wrong tries and locks after several.</translation>
    </message>
</context><context>
    <name>Keypad</name>
    <message>
        <location filename="../../widgets/self_service/keypad.py" line="30" />
        <source>屏幕键盘</source>
        <translation>On-screen keys</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/keypad.py" line="59" />
        <source>删除一个字</source>
        <translation>Delete one character</translation>
    </message>
</context><context>
    <name>KnownPage</name>
    <message>
        <location filename="../../widgets/self_service/form.py" line="34" />
        <location filename="../../widgets/self_service/form.py" line="31" />
        <source>这些已经有了，请看一看</source>
        <translation>Already known, please have a look</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/form.py" line="37" />
        <source>还没有已知的信息。有电子证照的，出示后会自动填上。</source>
        <translation>Nothing is known yet. Show an e-licence and it fills the form.</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/form.py" line="39" />
        <source>出示手机上的电子证照</source>
        <translation>Show an e-licence on your phone</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/form.py" line="47" />
        <source>证件上读来的有误，请到窗口说明。</source>
        <translation>If the card is wrong, please tell the clerk.</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/form.py" line="77" />
        <source>第 {0} 页，共 {1} 页</source>
        <translation>Page {0} of {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/form.py" line="88" />
        <source>改</source>
        <translation>Edit</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/form.py" line="89" />
        <source>改：{0}</source>
        <translation>Edit: {0}</translation>
    </message>
</context><context>
    <name>KnownPanel</name>
    <message>
        <location filename="../../widgets/known.py" line="66" />
        <source>可以带入的内容</source>
        <translation>What can be taken over</translation>
    </message>
    <message>
        <location filename="../../widgets/known.py" line="67" />
        <source>带入 Ctrl+R</source>
        <translation>Take Ctrl+R</translation>
    </message>
    <message>
        <location filename="../../widgets/known.py" line="68" />
        <source>查数据 Ctrl+D</source>
        <translation>Ask Ctrl+D</translation>
    </message>
    <message>
        <location filename="../../widgets/known.py" line="103" />
        <location filename="../../widgets/known.py" line="69" />
        <source>开启 Shift+F5</source>
        <translation>Begin Shift+F5</translation>
    </message>
    <message>
        <location filename="../../widgets/known.py" line="103" />
        <source>结束 Shift+F5</source>
        <translation>End Shift+F5</translation>
    </message>
</context><context>
    <name>LackStrip</name>
    <message>
        <location filename="../../widgets/lacks.py" line="43" />
        <source>还差的项</source>
        <translation>What is missing</translation>
    </message>
    <message>
        <location filename="../../widgets/lacks.py" line="101" />
        <location filename="../../widgets/lacks.py" line="90" />
        <source>等 {0} 项</source>
        <translation>{0} in all</translation>
    </message>
</context><context>
    <name>Language</name>
    <message>
        <location filename="../../widgets/i18n.py" line="86" />
        <source>zh</source>
        <translation>en</translation>
    </message>
</context><context>
    <name>LeftDialog</name>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="144" />
        <source>上次有一位来访者没有办完</source>
        <translation>A visit was left unfinished</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="145" />
        <source>程序上次结束时，这些内容已经自动保存</source>
        <translation>It was saved by itself before the program ended</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="146" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="155" />
        <source>来访者</source>
        <translation>Visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="156" />
        <source>事项</source>
        <translation>Items</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="157" />
        <source>办到哪里</source>
        <translation>How far</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="158" />
        <source>还缺</source>
        <translation>Lacking</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="159" />
        <source>保存时间</source>
        <translation>Saved</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="160" />
        <source>经办</source>
        <translation>Clerk</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="169" />
        <source>不要了</source>
        <translation>Throw away</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="170" />
        <source>先挂起 Esc</source>
        <translation>Park it  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="171" />
        <source>继续办理 Enter</source>
        <translation>Continue  Enter</translation>
    </message>
</context><context>
    <name>LessonBar</name>
    <message>
        <location filename="../../widgets/lesson_bar.py" line="23" />
        <source>课程</source>
        <translation>Lesson</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_bar.py" line="34" />
        <source>从头再来</source>
        <translation>Start over</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_bar.py" line="36" />
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_bar.py" line="75" />
        <source>关提示</source>
        <translation>Hints off</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_bar.py" line="75" />
        <source>开提示</source>
        <translation>Hints on</translation>
    </message>
</context><context>
    <name>LessonListPage</name>
    <message>
        <location filename="../../widgets/lessons.py" line="145" />
        <location filename="../../widgets/lessons.py" line="141" />
        <source>课程表</source>
        <translation>Lessons</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="180" />
        <location filename="../../widgets/lessons.py" line="155" />
        <source>学员</source>
        <translation>Learner</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="156" />
        <source>姓名或工号，写进成绩</source>
        <translation>Name or number, for the score</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="162" />
        <source>↓↑ 选课　Enter 练习　Ctrl+Enter 考核</source>
        <translation>↓↑ choose   Enter practise   Ctrl+Enter exam</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="163" />
        <source>开始练习 Enter</source>
        <translation>Practise  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="165" />
        <source>考核，不带提示 Ctrl+Enter</source>
        <translation>Exam, no hints  Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="167" />
        <source>录新课 Ctrl+Shift+R</source>
        <translation>Record a lesson  Ctrl+Shift+R</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="170" />
        <source>导出全部成绩 Ctrl+S</source>
        <translation>Export all scores  Ctrl+S</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="173" />
        <source>练习从这里开始</source>
        <translation>Practice begins here</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="175" />
        <source>全部是虚构人物和模拟设备，可以放心出错；每课都从空白开始。</source>
        <translation>All people are made up and all devices emulated, so mistakes are free; each lesson starts empty.</translation>
    </message>
</context><context>
    <name>LessonsWindow</name>
    <message>
        <location filename="../../widgets/lessons.py" line="245" />
        <source>一窗 · 培训</source>
        <translation>Yichuang · Training</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="262" />
        <location filename="../../widgets/lessons.py" line="246" />
        <source>培训</source>
        <translation>Training</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="261" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/lessons.py" line="263" />
        <source>演示模式</source>
        <translation>Demo</translation>
    </message>
</context><context>
    <name>LicenceCard</name>
    <message>
        <location filename="../../widgets/who.py" line="80" />
        <source>详情</source>
        <translation>Details</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="81" />
        <source>{0} 详情</source>
        <translation>{0}: details</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="82" />
        <source>证照详情 Ctrl+Shift+E</source>
        <translation>Licence details Ctrl+Shift+E</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="115" />
        <source>同一人</source>
        <translation>Same person</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="115" />
        <source>不是同一人！</source>
        <translation>Not the same person!</translation>
    </message>
</context><context>
    <name>LicenceDetailPresenter</name>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="35" />
        <source>已填入</source>
        <translation>Filled in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="36" />
        <source>与表中一致</source>
        <translation>As in the form</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="37" />
        <source>与表中不一致</source>
        <translation>Not as in the form</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="38" />
        <source>不采用</source>
        <translation>Not taken</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="47" />
        <source>房东出租，承租人办理</source>
        <translation>Landlord's; the tenant applies</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="48" />
        <source>持授权委托书代办</source>
        <translation>Agent with an authorisation</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="49" />
        <source>共有人或近亲属</source>
        <translation>Co-owner or close relative</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="112" />
        <source>已装入的信任名单没有启用</source>
        <translation>The installed trust list is not in force</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="113" />
        <source>请联系管理员重新导入信任名单。</source>
        <translation>Ask the administrator to import the trust list again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="115" />
        <source>请检查网络，或请管理员导入新的信任名单。</source>
        <translation>Check the network, or have the administrator import a new trust list.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="116" />
        <source>离线核验只能登记，不能免交材料。</source>
        <translation>Offline checks are noted only and spare no papers.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="117" />
        <source>信任名单已 {0} 天未更新</source>
        <translation>Trust list not updated for {0} days</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="162" />
        <source>另有 {0} 项，所选事项的表单不用填</source>
        <translation>{0} more that the chosen items do not ask for</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="163" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="176" />
        <source>证照未载截止日期</source>
        <translation>no end stated</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="179" />
        <source>校验位相符</source>
        <translation>check digit right</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="179" />
        <source>校验位不符</source>
        <translation>check digit wrong</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="183" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="185" />
        <source>签发</source>
        <translation>Issuer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="186" />
        <source>有效期至</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="187" />
        <source>证照标识</source>
        <translation>Identifier</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="209" />
        <source>本机没有，请联系管理员导入</source>
        <translation>none here; ask the administrator to import one</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="211" />
        <source>{0}，今天</source>
        <translation>{0}, today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="212" />
        <source>{0}，{1} 天前</source>
        <translation>{0}, {1} days ago</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="213" />
        <source>{0}，请联网更新</source>
        <translation>{0}; connect to update it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="229" />
        <source>已采用他人的证照</source>
        <translation>Somebody else's licence is used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="229" />
        <source>理由：{0}</source>
        <translation>Reason: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="241" />
        <source>这不是来访人的证照，没有填表、没有免交</source>
        <translation>Not the visitor's licence: nothing filled, nothing spared</translation>
    </message>
    <message>
        <location filename="../../app/presenters/licence_detail.py" line="242" />
        <source>确需采用，按 Ctrl+Shift+E 写明理由。</source>
        <translation>If it has to be used, press Ctrl+Shift+E and state why.</translation>
    </message>
</context><context>
    <name>LicenceDialog</name>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="34" />
        <source>证照详情</source>
        <translation>Licence details</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="56" />
        <source>采用他人证照的理由</source>
        <translation>Why somebody else's licence is used</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="57" />
        <source>写明为什么可以采用，会留下记录</source>
        <translation>State why it may be used; this is put on record</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="62" />
        <source>持有人不是来访人，现在什么也不填、不免交。确需采用须写明理由：</source>
        <translation>The holder is not the visitor, so it fills and spares nothing. To use it, state why:</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="79" />
        <source>下一张 N</source>
        <translation>Next N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="81" />
        <source>显示持有人 V</source>
        <translation>Show holder V</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="83" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="85" />
        <source>看大图 P</source>
        <translation>Page only P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="117" />
        <source>他人的，已写明理由</source>
        <translation>Somebody else's, reason stated</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="120" />
        <source>不是来访人的</source>
        <translation>Not the visitor's</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="127" />
        <source>填入表单</source>
        <translation>Into the form</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="131" />
        <source>免交材料</source>
        <translation>Papers spared</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="172" />
        <source>持有人</source>
        <translation>Holder</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="176" />
        <source>与来访人</source>
        <translation>Visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="179" />
        <source>采用理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="190" />
        <source>信任名单</source>
        <translation>Trust list</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="248" />
        <source>写明理由并采用 Enter</source>
        <translation>State why and use Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/licence.py" line="248" />
        <source>采用所选 Enter</source>
        <translation>Take the ticked Enter</translation>
    </message>
</context><context>
    <name>Lights</name>
    <message>
        <location filename="../../widgets/lights.py" line="31" />
        <source>设备灯</source>
        <translation>Device lights</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="140" />
        <location filename="../../widgets/lights.py" line="136" />
        <location filename="../../widgets/lights.py" line="130" />
        <location filename="../../widgets/lights.py" line="83" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="93" />
        <source>就绪</source>
        <translation>ready</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="94" />
        <source>使用中</source>
        <translation>in use</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="95" />
        <source>异常</source>
        <translation>trouble</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="96" />
        <source>未连接</source>
        <translation>not connected</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="97" />
        <source>未知</source>
        <translation>unknown</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="132" />
        <source>{0} 等 {1} 台</source>
        <translation>{0}, {1} in all</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="141" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/lights.py" line="141" />
        <source>{0} 台</source>
        <translation>{0} devices</translation>
    </message>
</context><context>
    <name>ListWatch</name>
    <message>
        <location filename="../../app/presenters/list_watch.py" line="45" />
        <source>这本证件已挂失</source>
        <translation>This document was reported lost</translation>
    </message>
    <message>
        <location filename="../../app/presenters/list_watch.py" line="45" />
        <source>这本证件已作废</source>
        <translation>This document was revoked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/list_watch.py" line="46" />
        <source>{0} 的名单上有它。</source>
        <translation>It stands in the list of {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/list_watch.py" line="47" />
        <source>不要凭它办理：请来访人出示现用证件；不是本人的，按本单位规定上报。按 Shift+F7 留下记录。</source>
        <translation>Do not accept it: ask for the document in use; if it is somebody else's, report it as your office prescribes. Shift+F7 records the check.</translation>
    </message>
</context><context>
    <name>LivePresenter</name>
    <message>
        <location filename="../../app/presenters/live.py" line="101" />
        <source>提示音已关闭</source>
        <translation>Sounds are off</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="101" />
        <source>提示音已打开</source>
        <translation>Sounds are on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="129" />
        <source>已换到{0}</source>
        <translation>Now looking through: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="146" />
        <source>{0}的画面大小不能改</source>
        <translation>The picture size of the {0} cannot be changed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="150" />
        <source>{0} × {1}，每秒 {2:g} 帧</source>
        <translation>{0} × {1}, {2:g} frames a second</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="173" />
        <source>画面大小没有换成</source>
        <translation>The picture size was not changed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="173" />
        <source>画面照旧，可以继续。</source>
        <translation>The picture is as before; you can go on.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="175" />
        <source>{0} × {1}</source>
        <translation>{0} × {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="176" />
        <source>画面大小：{0}</source>
        <translation>Picture size: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="197" />
        <source>画面已恢复</source>
        <translation>The picture is back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="199" />
        <source>画面中断</source>
        <translation>No picture</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="201" />
        <source>接好后画面自动恢复，不用重新开始。</source>
        <translation>Once it is connected the picture comes back by itself; there is no need to start again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="203" />
        <source>接好后画面自动恢复，也可以按 Ctrl+Shift+C 换镜头。</source>
        <translation>Once it is connected the picture comes back by itself. Or press Ctrl+Shift+C for the other camera.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/live.py" line="204" />
        <source>{0}画面中断</source>
        <translation>{0}: no picture</translation>
    </message>
</context><context>
    <name>LookPresenter</name>
    <message>
        <location filename="../../app/presenters/look.py" line="69" />
        <source>已是 {0}%，屏幕放不下更大的。</source>
        <translation>It is {0}% already; the screen has no room for more.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/look.py" line="70" />
        <source>不能再放大</source>
        <translation>It cannot be larger</translation>
    </message>
</context><context>
    <name>MainPresenter</name>
    <message>
        <location filename="../../app/presenters/main.py" line="104" />
        <source>必填项已全部填好</source>
        <translation>All required fields are filled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="104" />
        <source>按 F7 核对。</source>
        <translation>Press F7 to check.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="113" />
        <source>表单已填好，还有 {0} 份材料</source>
        <translation>The form is complete, materials left: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="114" />
        <source>F6 拍摄；清单上 T 容缺、P 承诺。</source>
        <translation>F6 captures; in the list T defers, P takes a promise.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="134" />
        <source>这位来访者还没有受理</source>
        <translation>This visitor's case is not accepted yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="135" />
        <source>结束后，已读取和填写的内容会被清除；还要接着办的，请按 Ctrl+P 挂起。</source>
        <translation>What was read and filled in will be erased. If they are coming back, park it with Ctrl+P instead.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="136" />
        <source>结束本次</source>
        <translation>End the visit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="137" />
        <source>继续办理</source>
        <translation>Go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="180" />
        <source>正在受理</source>
        <translation>Accepting now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="182" />
        <source>已受理，按 F12 接待下一位</source>
        <translation>Accepted; F12 for the next visitor</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="183" />
        <source>先选事项 F3</source>
        <translation>Choose items first, F3</translation>
    </message>
    <message>
        <location filename="../../app/presenters/main.py" line="183" />
        <source>还没有来访者</source>
        <translation>No visitor yet</translation>
    </message>
</context><context>
    <name>MainWindow</name>
    <message>
        <location filename="../../widgets/window.py" line="55" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/window.py" line="119" />
        <location filename="../../widgets/window.py" line="56" />
        <source>一窗综合窗口</source>
        <translation>Yichuang comprehensive window</translation>
    </message>
    <message>
        <location filename="../../widgets/window.py" line="68" />
        <source>办理</source>
        <translation>Work area</translation>
    </message>
</context><context>
    <name>MapSheet</name>
    <message>
        <location filename="../../widgets/map_sheet.py" line="21" />
        <source>示意图</source>
        <translation>Sketch</translation>
    </message>
    <message>
        <location filename="../../widgets/map_sheet.py" line="71" />
        <source>北↑</source>
        <translation>N ↑</translation>
    </message>
    <message>
        <location filename="../../widgets/map_sheet.py" line="81" />
        <source>{0}（您在这里）</source>
        <translation>{0} (you are here)</translation>
    </message>
</context><context>
    <name>MaterialPage</name>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="45" />
        <source>拍材料</source>
        <translation>Capture</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="51" />
        <source>要求</source>
        <translation>It must show</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="53" />
        <source>高拍仪画面</source>
        <translation>Document camera picture</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="96" />
        <location filename="../../widgets/self_service/pictures.py" line="54" />
        <source>拍照</source>
        <translation>Take picture</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="55" />
        <source>重拍</source>
        <translation>Take it again</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="84" />
        <source>已拍 {0} 页。还有一页就再拍，拍完点下一步。</source>
        <translation>{0} page(s) taken. Take the next one, or go on.</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="86" />
        <source>放平在高拍仪下，绿框围住整张纸后点拍照。</source>
        <translation>Lay it flat under the camera. When the green frame holds it, take the picture.</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="88" />
        <source>高拍仪现在不能用，请到窗口再交。</source>
        <translation>The camera does not work now. Please hand it in at the counter.</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pictures.py" line="96" />
        <source>再拍一页</source>
        <translation>One more page</translation>
    </message>
</context><context>
    <name>MaterialsPanel</name>
    <message>
        <location filename="../../widgets/materials.py" line="197" />
        <location filename="../../widgets/materials.py" line="190" />
        <source>材料清单</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="192" />
        <source>材料</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="207" />
        <source>选定事项后，这里列出要收的材料</source>
        <translation>Once items are chosen, the materials to collect are listed here</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="210" />
        <source>补交 Ctrl+B</source>
        <translation>Due  Ctrl+B</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="232" />
        <source>所选材料</source>
        <translation>Selected material</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="238" />
        <source>收件要点</source>
        <translation>What to look for</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="239" />
        <source>全部确认 A</source>
        <translation>Confirm all  A</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="242" />
        <source>沿用 U</source>
        <translation>Use again  U</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="243" />
        <source>看 V</source>
        <translation>View  V</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="244" />
        <source>拍 Enter</source>
        <translation>Capture  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="245" />
        <source>扫描 S</source>
        <translation>Scan S</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="246" />
        <source>用扫描仪扫进这份材料（Shift+F6）；右键或 Ctrl+F6 选扫描方式</source>
        <translation>Scan into this material (Shift+F6); right click or Ctrl+F6: how to scan</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="250" />
        <source>容缺 T</source>
        <translation>Defer  T</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="251" />
        <source>承诺 P</source>
        <translation>Promise  P</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="252" />
        <source>删页 Del</source>
        <translation>Drop page  Del</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="302" />
        <source>已落实 {0}/{1}</source>
        <translation>{0}/{1} settled</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="354" />
        <source>看 {0} 页 V</source>
        <translation>View {0}  V</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="362" />
        <source>已确认：{0}</source>
        <translation>Confirmed: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/materials.py" line="362" />
        <source>确认：{0}</source>
        <translation>Confirm: {0}</translation>
    </message>
</context><context>
    <name>MaterialsPresenter</name>
    <message>
        <location filename="../../app/presenters/materials.py" line="105" />
        <source>没有要拍的材料</source>
        <translation>No material to capture</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="105" />
        <source>先按 F3 选事项。</source>
        <translation>First press F3 and choose items.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="119" />
        <source>拍摄：{0}</source>
        <translation>Capture: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="121" />
        <source>放好材料，绿框对准后再按 F6 拍下（Esc 取消）</source>
        <translation>Place the material; press F6 again when the green frame fits (Esc cancels)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="147" />
        <source>正在拍高清照片，请不要移动材料…</source>
        <translation>Taking a fine picture, do not move the paper…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="201" />
        <source>没有找到纸边，按整幅画面保存</source>
        <translation>no edges of a page were found and the whole picture was saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="203" />
        <source>还有 {0} 条收件要点没有确认（数字键或 A）</source>
        <translation>points not yet confirmed: {0} (number keys or A)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="206" />
        <source>第 {0} 页已保存，但{1}</source>
        <translation>Page {0} saved, but {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="207" />
        <source>第 {0} 页已裁边摆正并加密保存</source>
        <translation>Page {0} cropped, straightened and saved encrypted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="224" />
        <source>图片和电子证照 (*.jpg *.jpeg *.png *.bmp *.ofd)</source>
        <translation>Pictures and e-licences (*.jpg *.jpeg *.png *.bmp *.ofd)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="225" />
        <source>选择图片或电子证照文件</source>
        <translation>Choose a picture or an e-licence file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="283" />
        <source>高拍仪不能用</source>
        <translation>The document camera cannot be used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/materials.py" line="283" />
        <source>请检查高拍仪连线后按 F6 重试。</source>
        <translation>Check the document camera's cable and press F6 to try again.</translation>
    </message>
</context><context>
    <name>MatterNewDialog</name>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="35" />
        <source>登记企业事项</source>
        <translation>Register a firm's matter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="61" />
        <location filename="../../widgets/dialogs/matter_new.py" line="40" />
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="60" />
        <location filename="../../widgets/dialogs/matter_new.py" line="41" />
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="123" />
        <location filename="../../widgets/dialogs/matter_new.py" line="42" />
        <source>企业名称</source>
        <translation>Firm</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="59" />
        <location filename="../../widgets/dialogs/matter_new.py" line="43" />
        <source>统一社会信用代码</source>
        <translation>Unified credit code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="69" />
        <location filename="../../widgets/dialogs/matter_new.py" line="44" />
        <source>联系人</source>
        <translation>Contact</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="71" />
        <location filename="../../widgets/dialogs/matter_new.py" line="45" />
        <source>联系电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="73" />
        <location filename="../../widgets/dialogs/matter_new.py" line="46" />
        <source>事由</source>
        <translation>Subject</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="75" />
        <location filename="../../widgets/dialogs/matter_new.py" line="49" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="90" />
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="92" />
        <source>登记 Ctrl+Enter</source>
        <translation>Register Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="123" />
        <source>反映人（可不填）</source>
        <translation>Who says so (optional)</translation>
    </message>
</context><context>
    <name>MatterStepDialog</name>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="179" />
        <source>{0} 星</source>
        <translation>{0} stars</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="180" />
        <source>星级</source>
        <translation>Stars</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="183" />
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="189" />
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matter_new.py" line="191" />
        <source>确定 Enter</source>
        <translation>OK Enter</translation>
    </message>
</context><context>
    <name>Matters</name>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="40" />
        <source>平台退回：{0}。在待传清单（F9）里处理。</source>
        <translation>The platform refuses it: {0}. Settle it in the outbox (F9).</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="44" />
        <source>{0}（待传）</source>
        <translation>{0} (to be sent)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="66" />
        <source>已停表</source>
        <translation>Clock stopped</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="70" />
        <source>已超时</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="73" />
        <source>还剩 {0} 小时</source>
        <translation>{0} h left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="74" />
        <source>{0} 前</source>
        <translation>by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="81" />
        <source>企业提出的诉求：简单的 1 个、一个部门 3 个、多个部门 5 个工作日内答复。</source>
        <translation>What a firm asks for: answered within 1 working day when simple, 3 with one department, 5 with several.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="84" />
        <source>企业与联系民警之间逐件编号、逐件销号。</source>
        <translation>Between a firm and its police officer: numbered and cleared one by one.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="85" />
        <source>先发证、后核查：告知承诺后 24 小时内现场核查。</source>
        <translation>Licence first, inspection later: on the spot within 24 hours of the promise.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="86" />
        <source>展会、赛事：多部门一次联合查验，5 个工作日内出意见。</source>
        <translation>Exhibitions and contests: one inspection by all departments, an opinion within 5 working days.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="87" />
        <source>选套餐和中介机构；办完后业主 50%、主管部门 30%、中心 20% 评价。</source>
        <translation>Choose a package and an intermediary; afterwards the owner rates 50%, the department 30%, the centre 20%.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="88" />
        <source>群众觉得哪里不好办：5 个工作日内整改答复，回访后销号；可以不留姓名。</source>
        <translation>What a visitor finds fault with: put right and answered within 5 working days, then asked back; no name is needed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="90" />
        <source>会审部门</source>
        <translation>Departments</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="92" />
        <source>联合查验时间</source>
        <translation>Time of the joint inspection</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="93" />
        <source>核查要点</source>
        <translation>What to look at</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="118" />
        <source>{0}  尚无评价</source>
        <translation>{0}  not rated yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="119" />
        <source>{0}  {1:.2f} ★（{2} 件）</source>
        <translation>{0}  {1:.2f} ★ ({2} jobs)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="124" />
        <source>{0}（{1} 个工作日）</source>
        <translation>{0} ({1} working days)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="132" />
        <source>告诉企业的答复</source>
        <translation>The answer to the firm</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="133" />
        <source>企业是否满意、结果怎样</source>
        <translation>Is the firm content, and with what result</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="134" />
        <source>为什么要重办</source>
        <translation>Why it must be done again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="135" />
        <source>办理或核查的情况</source>
        <translation>What was done or found</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="136" />
        <source>评价说明（可不填）</source>
        <translation>Remark (optional)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="149" />
        <source>反映人</source>
        <translation>Who says so</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="149" />
        <source>企业</source>
        <translation>Firm</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="153" />
        <source>联系</source>
        <translation>Contact</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="154" />
        <source>事由</source>
        <translation>Subject</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="155" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="156" />
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="157" />
        <source>交办给</source>
        <translation>Given to</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="159" />
        <source>登记</source>
        <translation>Opened</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="161" />
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matter_words.py" line="164" />
        <source>得分</source>
        <translation>Grade</translation>
    </message>
</context><context>
    <name>MattersDialog</name>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="32" />
        <source>企业事项</source>
        <translation>Firms' matters</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="40" />
        <source>种类</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="40" />
        <source>企业</source>
        <translation>Firm</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="40" />
        <source>事由</source>
        <translation>Subject</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="40" />
        <source>环节</source>
        <translation>Stage</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="40" />
        <source>时限</source>
        <translation>Limit</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="58" />
        <source>新登记 N</source>
        <translation>New N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="60" />
        <source>打印 P</source>
        <translation>Print P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="64" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="82" />
        <source>还没有企业事项。
按 N 登记联络单、诉求单、核查任务、联合会审或中介服务；离线也能登记。</source>
        <translation>There are no firms' matters yet.
N registers a slip, an inspection, a joint review or an order to an intermediary, on the line or off it.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/matters.py" line="128" />
        <source>事项内容</source>
        <translation>The matter</translation>
    </message>
</context><context>
    <name>MattersPresenter</name>
    <message>
        <location filename="../../app/presenters/matters.py" line="112" />
        <source>已登记，编号 {0}</source>
        <translation>Registered as {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matters.py" line="134" />
        <source>{0} 已记下</source>
        <translation>{0} noted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matters.py" line="142" />
        <source>{0} 已送打印</source>
        <translation>{0} sent to the printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/matters.py" line="161" />
        <source>在办 {0} 件，超时 {1} 件</source>
        <translation>{0} running, {1} overdue</translation>
    </message>
</context><context>
    <name>MessagesDialog</name>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="31" />
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="40" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="41" />
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="42" />
        <source>受理流水号</source>
        <translation>Acceptance no.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="43" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="44" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="45" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="60" />
        <source>全部已读 A</source>
        <translation>All read  A</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="62" />
        <source>更正办件 Ctrl+U</source>
        <translation>Correct Ctrl+U</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="65" />
        <source>打开办件 Enter</source>
        <translation>Open the case  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="66" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="78" />
        <source>正在读取消息…</source>
        <translation>Reading the messages…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="94" />
        <source>平台还没有发来消息。
办件有进展、要补正或办结时，会在这里告诉你。</source>
        <translation>No messages from the platform yet.
Progress, corrections and results will be told here.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="96" />
        <source>{0} 条，{1} 条未读</source>
        <translation>{0}, unread: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/messages.py" line="97" />
        <source>{0} 条，都已读</source>
        <translation>{0}, all read</translation>
    </message>
</context><context>
    <name>MistakeModel</name>
    <message>
        <location filename="../../widgets/lesson_result.py" line="22" />
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="22" />
        <source>发生了什么</source>
        <translation>What happened</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="22" />
        <source>正确做法</source>
        <translation>What would have been right</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="22" />
        <source>扣分</source>
        <translation>Points</translation>
    </message>
</context><context>
    <name>MistakeWatch</name>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="76" />
        <source>按了 {0}，现在还不能“{1}”</source>
        <translation>Pressed {0}; “{1}” is not possible yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="92" />
        <source>还没有受理就结束了本次办理</source>
        <translation>Ended the visit before acceptance</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="96" />
        <source>按了 {0}（{1}）</source>
        <translation>Pressed {0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="203" />
        <location filename="../../app/presenters/coach_watch.py" line="113" />
        <location filename="../../app/presenters/coach_watch.py" line="105" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="106" />
        <source>材料还没有落实就按了 {0}：{1}</source>
        <translation>Pressed {0} while materials lacked: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="107" />
        <source>先逐份拍摄（F6）、容缺（T）或承诺（P）</source>
        <translation>First capture (F6), tolerate (T) or promise (P) each of them</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="113" />
        <source>表单没有填好就按了 {0}：{1}</source>
        <translation>Pressed {0} while fields lacked: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="114" />
        <source>按 F5 逐项补齐</source>
        <translation>F5 leads through what lacks</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="150" />
        <source>“{0}”填的内容不合要求：{1}</source>
        <translation>“{0}” was refused: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="158" />
        <source>“{0}”填好后又改了</source>
        <translation>“{0}” was typed again after it was right</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="166" />
        <source>本课填：{0}</source>
        <translation>This lesson has: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="167" />
        <source>录入前先核对来访者的材料</source>
        <translation>Look at the visitor's papers before typing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="172" />
        <source>请来访者亮出本人的、在有效期内的电子证照</source>
        <translation>Ask for the visitor's own licence that is still valid</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="174" />
        <source>扫的不是电子证照的二维码</source>
        <translation>Scanned a code that is no e-licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="178" />
        <source>扫了别人的证照</source>
        <translation>Scanned somebody else's licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="181" />
        <source>扫的证照不能用：{0}</source>
        <translation>Scanned a licence that cannot be used: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="186" />
        <source>没有等到证件</source>
        <translation>No card came</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="186" />
        <source>先请来访者放好证件，再按 F2</source>
        <translation>Have the visitor place the card, then press F2</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="202" />
        <source>“{0}”的办法选错了：{1}</source>
        <translation>“{0}” was settled the wrong way: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="210" />
        <source>拍摄</source>
        <translation>Captured</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="211" />
        <source>容缺受理</source>
        <translation>Accept without it for now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/coach_watch.py" line="212" />
        <source>告知承诺</source>
        <translation>Accept a signed promise instead</translation>
    </message>
</context><context>
    <name>NoticeBar</name>
    <message>
        <location filename="../../widgets/notice.py" line="43" />
        <source>消息</source>
        <translation>Message</translation>
    </message>
    <message>
        <location filename="../../widgets/notice.py" line="53" />
        <source>知道了 Esc</source>
        <translation>OK  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/notice.py" line="109" />
        <source>另有 {0} 条</source>
        <translation>{0} more</translation>
    </message>
</context><context>
    <name>NoticePage</name>
    <message>
        <location filename="../../widgets/customer/pages.py" line="104" />
        <source>一次性告知</source>
        <translation>one-time notice</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="109" />
        <source>请您补齐以下内容</source>
        <translation>Please complete the following</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="115" />
        <source>一次性告知书 {0}，以纸质告知书为准</source>
        <translation>One-time notice {0}; the paper is what counts</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="119" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="121" />
        <source>另有 {0} 项，见告知书</source>
        <translation>{0} more on the notice</translation>
    </message>
</context><context>
    <name>OfdPresenter</name>
    <message>
        <location filename="../../app/presenters/ofd.py" line="68" />
        <source>打开电子证照文件</source>
        <translation>Open an e-licence file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="68" />
        <source>电子证照文件 (*{0})</source>
        <translation>E-licence files (*{0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="117" />
        <location filename="../../app/presenters/ofd.py" line="77" />
        <source>电子证照文件</source>
        <translation>E-licence file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="78" />
        <source>正在核验“{0}”…</source>
        <translation>Verifying "{0}" …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="110" />
        <source>不能采用</source>
        <translation>NOT VALID</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="118" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="129" />
        <source>共 {0} 页，显示第 1 页</source>
        <translation>{0} pages; page 1 is shown</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="132" />
        <source>印章</source>
        <translation>Seal</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="133" />
        <source>盖章时间</source>
        <translation>Sealed at</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="134" />
        <source>制章单位</source>
        <translation>Seal made by</translation>
    </message>
    <message>
        <location filename="../../app/presenters/ofd.py" line="135" />
        <source>提示</source>
        <translation>Note</translation>
    </message>
</context><context>
    <name>OfficialPage</name>
    <message>
        <location filename="../../widgets/official_page.py" line="26" />
        <source>第 {0} 页，共 {1} 页</source>
        <translation>Page {0} of {1}</translation>
    </message>
</context><context>
    <name>OfficialPanel</name>
    <message>
        <location filename="../../widgets/official_panel.py" line="161" />
        <location filename="../../widgets/official_panel.py" line="51" />
        <location filename="../../widgets/official_panel.py" line="44" />
        <source>官方表样</source>
        <translation>Official form</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="55" />
        <source>选择表样</source>
        <translation>Choose a form</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="62" />
        <source>要手写或核对的栏目</source>
        <translation>Boxes to write by hand or to check</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="73" />
        <source>表样各页</source>
        <translation>Pages of the form</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="82" />
        <source>存为材料 S</source>
        <translation>Hand in S</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="83" />
        <source>打印 P</source>
        <translation>Print P</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="84" />
        <source>套打 O</source>
        <translation>Pre-printed O</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="85" />
        <source>另存 PDF E</source>
        <translation>Save PDF E</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="86" />
        <source>收起 Ctrl+T</source>
        <translation>Close Ctrl+T</translation>
    </message>
    <message>
        <location filename="../../widgets/official_panel.py" line="318" />
        <source>第 {0}/{1} 页</source>
        <translation>Page {0}/{1}</translation>
    </message>
</context><context>
    <name>OfficialPresenter</name>
    <message>
        <location filename="../../app/presenters/official.py" line="165" />
        <source>正在填写…</source>
        <translation>Filling in …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="293" />
        <location filename="../../app/presenters/official.py" line="192" />
        <source>共 {0} 页</source>
        <translation>{0} pages</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="194" />
        <source>共 {0} 页，含附页 {1} 页</source>
        <translation>{0} pages, {1} of them continuation sheets</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="196" />
        <source>；{0} 处要补填或手写</source>
        <translation>; {0} to fill in or write by hand</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="197" />
        <source>所选事项的材料清单上没有这份申请书</source>
        <translation>The checklist of the chosen items does not ask for this application</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="199" />
        <source>已受理，材料不能再改</source>
        <translation>Accepted: the materials cannot be changed any more</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="210" />
        <source>没有配置打印机</source>
        <translation>No printer is set up</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="225" />
        <source>这份表样没有填成，原因见下方提示</source>
        <translation>This form could not be filled; the message below says why</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="250" />
        <source>这一栏不在申请表里</source>
        <translation>This box has no field in the form</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="250" />
        <source>由系统填写，或者打印后手写。</source>
        <translation>It is filled by the program, or by hand once printed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="292" />
        <source>已存为材料“{0}”</source>
        <translation>Handed in as "{0}"</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="294" />
        <source>要本人签字的，打印签字后用 F6 拍下代替。</source>
        <translation>Where a signature is wanted, print it, have it signed and take a picture with F6 instead.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="317" />
        <source>另存 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="317" />
        <source>PDF 文件 (*.pdf)</source>
        <translation>PDF files (*.pdf)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="328" />
        <source>表样没有存成</source>
        <translation>The form was not saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="328" />
        <source>请换一个文件夹再存。</source>
        <translation>Choose another folder.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official.py" line="338" />
        <source>已存为 {0}</source>
        <translation>Saved as {0}</translation>
    </message>
</context><context>
    <name>OfficialPrinting</name>
    <message>
        <location filename="../../app/presenters/official_printing.py" line="42" />
        <source>表样已送打印机</source>
        <translation>The form went to the printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official_printing.py" line="42" />
        <source>再按一次打印，就再打一份。</source>
        <translation>Print again for another copy.</translation>
    </message>
</context><context>
    <name>OfficialWords</name>
    <message>
        <location filename="../../app/presenters/official_words.py" line="27" />
        <source>“{0}”放不下：共 {1} 行，表上只有 {2} 行，其余要另附</source>
        <translation>"{0}" does not fit: {1} rows, the form has {2}; add the rest on paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official_words.py" line="30" />
        <source>“{0}”栏目放不下：共 {1} 个字，最多 {2} 个字，未填</source>
        <translation>"{0}" does not fit: {1} characters, room for {2}; left empty</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official_words.py" line="33" />
        <source>“{0}”共 {1} 行，第 {2} 行起在附页</source>
        <translation>"{0}": {1} rows, from row {2} on the continuation sheet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official_words.py" line="36" />
        <source>“{0}”共 {1} 个字，全文在附页</source>
        <translation>"{0}": {1} characters, all on the continuation sheet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official_words.py" line="38" />
        <source>“{0}”是必填栏，还没有内容</source>
        <translation>"{0}" is required and still empty</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official_words.py" line="40" />
        <source>必填栏“{0}”没有对应的内容，打印后手写</source>
        <translation>"{0}" is required and nothing is mapped to it; write it by hand</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official_words.py" line="42" />
        <source>“{0}”里的字“{1}”不在字库中，未填，打印后手写</source>
        <translation>"{0}": no font draws "{1}"; left empty, write it by hand</translation>
    </message>
    <message>
        <location filename="../../app/presenters/official_words.py" line="45" />
        <source>“{0}”没有“{1}”这个选项，未填，打印后手写</source>
        <translation>"{0}" has no choice "{1}"; left empty, write it by hand</translation>
    </message>
</context><context>
    <name>OptionCard</name>
    <message>
        <location filename="../../widgets/contested.py" line="57" />
        <source>空</source>
        <translation>empty</translation>
    </message>
    <message>
        <location filename="../../widgets/contested.py" line="67" />
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
</context><context>
    <name>OutboxDialog</name>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="205" />
        <location filename="../../widgets/dialogs/outbox.py" line="85" />
        <source>待传清单</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="120" />
        <source>重新发送</source>
        <translation>Send again</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="121" />
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="122" />
        <source>立即上传</source>
        <translation>Send now</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="123" />
        <source>导出到 U 盘 E</source>
        <translation>Export to a stick E</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="124" />
        <source>导入回执 I</source>
        <translation>Import answer I</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="168" />
        <location filename="../../widgets/dialogs/outbox.py" line="125" />
        <source>只传办件 M</source>
        <translation>Records only M</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="163" />
        <location filename="../../widgets/dialogs/outbox.py" line="127" />
        <source>暂停上传 P</source>
        <translation>Pause P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="129" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="158" />
        <source>正在读取待传清单…</source>
        <translation>Looking into the outbox …</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="163" />
        <source>继续上传 P</source>
        <translation>Go on uploading P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="168" />
        <source>材料也传 M</source>
        <translation>Files too M</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="175" />
        <source>上传已暂停（{0} 起）。受理照常，内容都在本机，按 P 继续上传。</source>
        <translation>The upload is paused (since {0}). Accepting goes on, everything is kept here; P goes on uploading.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="178" />
        <source>只传办件：适合手机热点。</source>
        <translation>Records only: for a phone's line.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="180" />
        <source>只传办件：材料 {0} 份（{1}）等到好网络，按 M 一起上传。</source>
        <translation>Records only: {0} files ({1}) wait for a good line; M uploads them too.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="199" />
        <source>没有待传的办件，全部已上传。</source>
        <translation>Nothing is waiting; everything has been sent.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="202" />
        <source>待传 {0} 件</source>
        <translation>{0} waiting</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="204" />
        <source>，{0} 件被平台退回，需要处理</source>
        <translation>, {0} refused by the platform and to be settled</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="208" />
        <source>另有 {0} 条没有列出，会按顺序上传。</source>
        <translation>{0} more are not listed; they go out in their order.</translation>
    </message>
</context><context>
    <name>OutboxModel</name>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="29" />
        <source>受理流水号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="30" />
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="31" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="32" />
        <source>内容</source>
        <translation>Content</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="33" />
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="34" />
        <source>已试</source>
        <translation>Tries</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="35" />
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="36" />
        <source>下次上传</source>
        <translation>Next try</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="50" />
        <source>马上</source>
        <translation>now</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="52" />
        <source>{0} 秒后</source>
        <translation>in {0} s</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="53" />
        <source>{0} 分钟后</source>
        <translation>in {0} min</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outbox.py" line="56" />
        <source>{0} 次</source>
        <translation>{0}</translation>
    </message>
</context><context>
    <name>OutboxPresenter</name>
    <message>
        <location filename="../../app/presenters/outbox.py" line="127" />
        <source>上传已暂停 {0} 小时</source>
        <translation>The upload has been paused for {0} hours</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="128" />
        <source>办件都在本机，平台还没有收到。</source>
        <translation>The cases are on this machine; the platform has not received them.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="129" />
        <source>按 Ctrl+F9 继续上传。</source>
        <translation>Ctrl+F9 goes on uploading.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="157" />
        <location filename="../../app/presenters/outbox.py" line="135" />
        <source>上传已暂停</source>
        <translation>Upload paused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="137" />
        <source>上传中 {0}</source>
        <translation>Uploading {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="139" />
        <source>只传办件</source>
        <translation>Records only</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="158" />
        <source>受理照常，办件存在本机。</source>
        <translation>Accepting goes on; the cases are kept here.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="158" />
        <source>再按 Ctrl+F9 继续。</source>
        <translation>Ctrl+F9 again goes on.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outbox.py" line="160" />
        <source>继续上传</source>
        <translation>Go on uploading</translation>
    </message>
</context><context>
    <name>Outing</name>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="29" />
        <source>已到期</source>
        <translation>expired</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="34" />
        <source>还剩 {0} 天 {1} 小时</source>
        <translation>{0} d {1} h left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="36" />
        <source>还剩 {0} 小时 {1} 分</source>
        <translation>{0} h {1} min left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="37" />
        <source>还剩 {0} 分钟</source>
        <translation>{0} min left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="55" />
        <source>可领取</source>
        <translation>to be had</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="57" />
        <source>{0}已领取</source>
        <translation>with {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="61" />
        <source>到 {0} 为止由{1}办理。</source>
        <translation>In the hands of {1} until {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="89" />
        <source>联网后自动交回，不用再操作。</source>
        <translation>It goes back by itself as soon as there is a line.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="90" />
        <source>正在交回</source>
        <translation>going back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="93" />
        <source>不能再用它受理；草稿和已受理的办件都在，会照常上报。联网后可以延期或交回。</source>
        <translation>Nothing more can be accepted with it. Drafts and accepted cases are all here and will be sent. Online it can be extended or given back.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="95" />
        <source>快到期了，联网时可以延期。</source>
        <translation>It expires soon; extend it while there is a line.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="102" />
        <source>今天</source>
        <translation>today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="102" />
        <source>明天</source>
        <translation>tomorrow</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="108" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="108" />
        <source>事项</source>
        <translation>Items</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="112" />
        <location filename="../../app/presenters/outing_words.py" line="110" />
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="113" />
        <source>联系</source>
        <translation>Contact</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="115" />
        <source>相关人</source>
        <translation>Concerned</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="119" />
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="120" />
        <source>已受理 {0} 件</source>
        <translation>{0} accepted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="122" />
        <source>，{0} 条待传</source>
        <translation>, {0} to be sent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="124" />
        <source>，{0} 份没办完</source>
        <translation>, {0} unfinished</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="126" />
        <source>任务包</source>
        <translation>Pack</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing_words.py" line="126" />
        <source>{0}；{1} 到期</source>
        <translation>{0}; expires {1}</translation>
    </message>
</context><context>
    <name>OutingDialog</name>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="34" />
        <source>外出受理</source>
        <translation>Out of office</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="43" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="43" />
        <source>去处</source>
        <translation>Where</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="43" />
        <source>事项</source>
        <translation>Items</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="43" />
        <source>任务包</source>
        <translation>Pack</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="63" />
        <source>延期 Y</source>
        <translation>Extend Y</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="64" />
        <source>交回 R</source>
        <translation>Give back R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="65" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="77" />
        <source>正在读取外出服务…</source>
        <translation>Reading the visits…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="93" />
        <source>今天和以后都没有安排外出服务。
平台安排后，联网即可在这里领取任务包。</source>
        <translation>No visits are planned from today on.
Once the platform plans one, its pack can be had here as soon as there is a line.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="111" />
        <source>离线所需已齐</source>
        <translation>All here for working offline</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="111" />
        <source>还有 {0} 项要看</source>
        <translation>{0} to look at</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="115" />
        <source>已备好</source>
        <translation>here</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="115" />
        <source>缺</source>
        <translation>lacks</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="115" />
        <source>请看</source>
        <translation>look</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="168" />
        <source>任务包内容</source>
        <translation>What is in the pack</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="192" />
        <source>领取后，这里逐项核对离线所需是否备齐。</source>
        <translation>Once you have it, this lists whether all is here for working offline.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="213" />
        <source>开始办理 Enter</source>
        <translation>Begin Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/outing.py" line="213" />
        <source>领取任务包 Enter</source>
        <translation>Get the pack Enter</translation>
    </message>
</context><context>
    <name>OutingPresenter</name>
    <message>
        <location filename="../../app/presenters/outing.py" line="73" />
        <source>现在离线：可以用已领取的任务包受理，领取和交回要等联网。</source>
        <translation>Offline: packs on hand can be used. Getting and giving back must wait for a line.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="92" />
        <source>{0} 次外出服务，本机已领取 {1} 个任务包</source>
        <translation>{0} visits, {1} packs on this machine</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="124" />
        <source>任务包{0}：{1}</source>
        <translation>Visit pack {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="125" />
        <source>Ctrl+Shift+V 打开外出受理，联网时延期或交回。</source>
        <translation>Ctrl+Shift+V opens the visits: extend it or give it back while there is a line.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="132" />
        <source>已领取。出发前请看右侧：离线所需是否备齐。</source>
        <translation>Here. Before you go look at the right: is all there for working offline?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="135" />
        <source>正在领取任务包…</source>
        <translation>Getting the pack…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="145" />
        <source>已延期，{0}。</source>
        <translation>Extended: {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="149" />
        <source>正在延期…</source>
        <translation>Extending…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="162" />
        <source>已交回，任务包里的个人信息已从本机清除。</source>
        <translation>Given back. The pack's personal data is gone from this machine.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="165" />
        <source>正在上报并交回…</source>
        <translation>Sending and giving back…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="181" />
        <source>正在打开任务包…</source>
        <translation>Opening the pack…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="188" />
        <source>《{0}》还要问清情形</source>
        <translation>“{0}” has questions to ask</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="189" />
        <source>{0} 已不在事项目录</source>
        <translation>{0} is no longer in the catalogue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="190" />
        <source>外出任务包：{0}</source>
        <translation>Visit pack: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="192" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="192" />
        <source>按 F3 选其余事项。</source>
        <translation>F3 chooses the rest.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="194" />
        <source>读证件（F2）后带入本人信息。</source>
        <translation>Read the card (F2): what is known of its holder follows.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/outing.py" line="195" />
        <source>事项和已知信息已带入</source>
        <translation>Items and what is known are filled in</translation>
    </message>
</context><context>
    <name>OutputBar</name>
    <message>
        <location filename="../../widgets/output_bar.py" line="32" />
        <source>打印到</source>
        <translation>Print to</translation>
    </message>
    <message>
        <location filename="../../widgets/output_bar.py" line="42" />
        <source>这类文书先预览再打印 V</source>
        <translation>Look at such papers first V</translation>
    </message>
    <message>
        <location filename="../../widgets/output_bar.py" line="60" />
        <source>不打印</source>
        <translation>Not printed</translation>
    </message>
    <message>
        <location filename="../../widgets/output_bar.py" line="107" />
        <location filename="../../widgets/output_bar.py" line="65" />
        <source>{0} 份</source>
        <translation>× {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/output_bar.py" line="66" />
        <source>少一份 −</source>
        <translation>One fewer −</translation>
    </message>
    <message>
        <location filename="../../widgets/output_bar.py" line="67" />
        <source>多一份 +</source>
        <translation>One more +</translation>
    </message>
    <message>
        <location filename="../../widgets/output_bar.py" line="79" />
        <location filename="../../widgets/output_bar.py" line="75" />
        <source>版式</source>
        <translation>Sheet</translation>
    </message>
</context><context>
    <name>PacketDialog</name>
    <message>
        <location filename="../../widgets/dialogs/packet.py" line="35" />
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/packet.py" line="36" />
        <source>知道了 Enter</source>
        <translation>OK Enter</translation>
    </message>
</context><context>
    <name>PacketPresenter</name>
    <message>
        <location filename="../../app/presenters/packets.py" line="67" />
        <source>没有要导出的内容</source>
        <translation>Nothing to export</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="68" />
        <source>待传清单是空的，或者都在等人处理。</source>
        <translation>The outbox is empty, or all in it needs a person.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="69" />
        <source>按 F9 查看。</source>
        <translation>F9 shows it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="74" />
        <source>导出到 U 盘</source>
        <translation>Export to a stick</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="74" />
        <source>一窗数据包 (*{0})</source>
        <translation>Yichuang packet (*{0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="85" />
        <source>办件等 {0} 条，材料 {1} 份，约 {2}。</source>
        <translation>{0} records, {1} files, about {2}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="86" />
        <source>正在导出数据包</source>
        <translation>Exporting a packet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="86" />
        <source>{0}
写到：{1}</source>
        <translation>{0}
To: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="91" />
        <source>数据包已导出</source>
        <translation>The packet is written</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="98" />
        <source>导入平台回执</source>
        <translation>Import the platform's answer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="98" />
        <source>平台回执 (*{0})</source>
        <translation>Platform's answer (*{0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="106" />
        <source>正在导入平台回执</source>
        <translation>Importing the platform's answer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="110" />
        <source>回执已导入</source>
        <translation>The answer is taken in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="152" />
        <source>已导出办件等 {0} 条、材料 {1} 份，共 {2}。</source>
        <translation>{0} records and {1} files written, {2} in all.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="155" />
        <source>请安全弹出 U 盘，交平台管理员导入；拿到回执后按 Ctrl+Shift+F9 导入。在此之前，待传内容仍留在本机。</source>
        <translation>Eject the stick safely and hand it to the platform's administrator; import the answer with Ctrl+Shift+F9. Until then everything stays on this machine.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="160" />
        <source>还有 {0} 条装不下，请先送这一包，导入回执后再导出余下的。</source>
        <translation>{0} more did not fit: carry this packet first, import its answer, then export the rest.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="162" />
        <source>有 {0} 份材料在本机读不出，没有导出，请在待传清单中查看。</source>
        <translation>{0} files cannot be read on this machine and were left out; see the outbox.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="166" />
        <source>平台已收 {0} 条。</source>
        <translation>The platform has taken {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="168" />
        <source>{0} 条此前已经处理过，没有变化。</source>
        <translation>{0} had been settled before; nothing changes.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="170" />
        <source>{0} 条被平台退回，请按 F9 查看原因并处理。</source>
        <translation>{0} were refused; F9 shows why and what to do.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="172" />
        <source>{0} 条平台暂未接收，会继续等待上传。</source>
        <translation>{0} were not taken yet and wait on.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/packets.py" line="174" />
        <source>其中 {0} 件本机已经撤回，平台却已收下，请联系平台管理员。</source>
        <translation>{0} of them had been withdrawn here and were taken there: ask the platform's administrator.</translation>
    </message>
</context><context>
    <name>PageSheet</name>
    <message>
        <location filename="../../widgets/page_sheet.py" line="41" />
        <source>证照版面</source>
        <translation>Page of the licence</translation>
    </message>
</context><context>
    <name>PageViewer</name>
    <message>
        <location filename="../../widgets/page_viewer.py" line="69" />
        <source>查看材料</source>
        <translation>View the material</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="75" />
        <source>页</source>
        <translation>Pages</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="83" />
        <source>页面</source>
        <translation>Page</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="92" />
        <source>转 90° R</source>
        <translation>Turn 90°  R</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="93" />
        <source>前移 Ctrl+↑</source>
        <translation>Forward  Ctrl+↑</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="94" />
        <source>后移 Ctrl+↓</source>
        <translation>Back  Ctrl+↓</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="95" />
        <source>删除 Del</source>
        <translation>Delete  Del</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="96" />
        <source>撤销 Ctrl+Z</source>
        <translation>Undo  Ctrl+Z</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="97" />
        <source>放大 +</source>
        <translation>Larger  +</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="98" />
        <source>缩小 −</source>
        <translation>Smaller  −</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="99" />
        <source>整页 0</source>
        <translation>Whole page  0</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="100" />
        <source>存为 PDF Ctrl+S</source>
        <translation>Save as PDF  Ctrl+S</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="101" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="138" />
        <source>沿用以前办件的材料，只能查看</source>
        <translation>From an earlier case: to be viewed only</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="147" />
        <source>第 {0} 页</source>
        <translation>Page {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="147" />
        <source>第 {0} 页
本机已清除</source>
        <translation>Page {0}
cleared here</translation>
    </message>
    <message>
        <location filename="../../widgets/page_viewer.py" line="206" />
        <source>第 {0} 页，共 {1} 页</source>
        <translation>Page {0} of {1}</translation>
    </message>
</context><context>
    <name>PageViewerPresenter</name>
    <message>
        <location filename="../../app/presenters/page_viewer.py" line="83" />
        <source>已移交平台保存，本机于 {0} 清除</source>
        <translation>Kept by the platform; cleared here on {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/page_viewer.py" line="124" />
        <source>存为 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <location filename="../../app/presenters/page_viewer.py" line="137" />
        <source>已存为 PDF/A：{0}</source>
        <translation>Saved as PDF/A: {0}</translation>
    </message>
</context><context>
    <name>PaidDialog</name>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="30" />
        <source>已收费 {0} 元</source>
        <translation>CNY {0} paid</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="41" />
        <source>退款原因</source>
        <translation>Reason for the refund</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="42" />
        <source>退款原因（记入操作记录，不写群众的姓名、号码）</source>
        <translation>Reason for the refund (recorded; no names, no numbers of people)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="49" />
        <source>打印凭条 Alt+P</source>
        <translation>Print slip Alt+P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="51" />
        <source>退款… Alt+R</source>
        <translation>Refund… Alt+R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="53" />
        <source>终端显示已退 Alt+Y</source>
        <translation>Terminal says refunded Alt+Y</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="55" />
        <source>终端显示没有退 Alt+N</source>
        <translation>Terminal says not refunded Alt+N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="57" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="75" />
        <source>退款结果不明：请看终端的签购单或交易记录，再选择。不要另外退钱。</source>
        <translation>Nobody knows whether it was refunded: look at the terminal's slip or record, then choose. Give no money back otherwise.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="102" />
        <source>确认全额退款 {0} 元 Alt+R</source>
        <translation>Refund the whole CNY {0} Alt+R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="104" />
        <source>写明原因后再按一次 Alt+R，原路退回全部金额。</source>
        <translation>Write the reason, then press Alt+R again: the whole sum goes back the way it came.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paid.py" line="108" />
        <source>还没有写退款原因。</source>
        <translation>No reason for the refund yet.</translation>
    </message>
</context><context>
    <name>Palette</name>
    <message>
        <location filename="../../widgets/palette.py" line="132" />
        <source>命令面板</source>
        <translation>Command palette</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="137" />
        <source>找功能、事项、办件</source>
        <translation>Find actions, items, cases</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="138" />
        <source>功能、事项、办件：汉字、拼音、首字母、号码都行</source>
        <translation>Actions, items, cases: characters, pinyin, initials or numbers</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="162" />
        <location filename="../../widgets/palette.py" line="149" />
        <source>找到的</source>
        <translation>Found</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="159" />
        <source>↓↑ 选择　Enter 执行　Esc 关闭</source>
        <translation>↓↑ move   Enter do it   Esc close</translation>
    </message>
    <message>
        <location filename="../../widgets/palette.py" line="200" />
        <source>没有找到“{0}”。</source>
        <translation>Nothing found for "{0}".</translation>
    </message>
</context><context>
    <name>PaletteDelegate</name>
    <message>
        <location filename="../../widgets/palette.py" line="114" />
        <source>最近</source>
        <translation>recent</translation>
    </message>
</context><context>
    <name>PaperHead</name>
    <message>
        <location filename="../../widgets/paper_head.py" line="33" />
        <location filename="../../widgets/paper_head.py" line="18" />
        <source>文书的前几行</source>
        <translation>The paper's first lines</translation>
    </message>
</context><context>
    <name>PaperModel</name>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="54" />
        <location filename="../../widgets/dialogs/print_batch.py" line="30" />
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="31" />
        <source>序</source>
        <translation>No.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="32" />
        <source>文书编号</source>
        <translation>Paper number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="33" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="34" />
        <source>受理时间</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="35" />
        <source>办件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="36" />
        <source>打印情况</source>
        <translation>Printed?</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="48" />
        <source>打印过，将标“补打”</source>
        <translation>Printed before: marked as a reprint</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="48" />
        <source>还没打印</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="54" />
        <source>不打印</source>
        <translation>Not printed</translation>
    </message>
</context><context>
    <name>PaperPreview</name>
    <message>
        <location filename="../../app/presenters/paper_preview.py" line="89" />
        <source>还没有打印，看过按 Enter 打印</source>
        <translation>Not printed yet: look, then press Enter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/paper_preview.py" line="89" />
        <source>补打，纸上已标明</source>
        <translation>A reprint, and the paper says so</translation>
    </message>
</context><context>
    <name>PaperPreviewDialog</name>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="33" />
        <source>打印预览</source>
        <translation>Print preview</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="47" />
        <source>文书各页</source>
        <translation>Pages</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="55" />
        <source>打印 Enter</source>
        <translation>Print  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="57" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="60" />
        <source>缩小 Ctrl −</source>
        <translation>Smaller  Ctrl −</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="62" />
        <source>放大 Ctrl +</source>
        <translation>Larger  Ctrl +</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/paper.py" line="63" />
        <source>适合宽度 Ctrl 0</source>
        <translation>Fit width  Ctrl 0</translation>
    </message>
</context><context>
    <name>PapersDialog</name>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="98" />
        <location filename="../../widgets/dialogs/papers.py" line="45" />
        <source>出具文书</source>
        <translation>Issue a paper</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="56" />
        <source>可出具的文书</source>
        <translation>Papers that can be issued</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="64" />
        <source>语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="64" />
        <source>中文</source>
        <translation>Chinese</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="64" />
        <source>中英对照</source>
        <translation>Chinese and English</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="73" />
        <source>文书内容</source>
        <translation>What the paper says</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="87" />
        <source>出具并预览 Ctrl+Enter</source>
        <translation>Issue and preview Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="89" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="91" />
        <source>请当事人签字后出具 Ctrl+G</source>
        <translation>Have it signed, then issue Ctrl+G</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="168" />
        <source>{0}。现在不能出具：{1}。</source>
        <translation>{0}. Not possible now: {1}.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/papers.py" line="171" />
        <source>{0}（必填）</source>
        <translation>{0} (required)</translation>
    </message>
</context><context>
    <name>PapersPresenter</name>
    <message>
        <location filename="../../app/presenters/papers.py" line="98" />
        <source>出具文书</source>
        <translation>Issue a paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="108" />
        <source>{0}已随办件生成</source>
        <translation>{0} was made with the case</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="110" />
        <source>按 Ctrl+W 查看或打印。</source>
        <translation>Ctrl+W shows or prints it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="127" />
        <source>本窗口</source>
        <translation>This window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="155" />
        <source>本人已阅《{0}》（编号 {1}）全文，签字确认。</source>
        <translation>I have read the whole of “{0}” (number {1}) and confirm it by my signature.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="187" />
        <source>还没有打印，看过按 Enter 打印</source>
        <translation>Not printed yet; look at it, then press Enter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="213" />
        <source>编号 {0}</source>
        <translation>No. {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="215" />
        <source>{0}已出具</source>
        <translation>{0} issued</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="218" />
        <source>{0}没有打印</source>
        <translation>{0}: not printed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/papers.py" line="218" />
        <source>本窗口没有配备打印机。</source>
        <translation>This window has no printer.</translation>
    </message>
</context><context>
    <name>ParkedDialog</name>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="53" />
        <source>挂起清单</source>
        <translation>Parked visits</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="54" />
        <source>挂起的办理内容加密保存在本机，换班、重启后都在</source>
        <translation>Parked visits are kept encrypted on this machine, over shifts and restarts</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="78" />
        <source>没有挂起的来访者。按 Ctrl+P 把手上的办理挂起。</source>
        <translation>Nobody is parked. Ctrl+P parks the present visit.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="82" />
        <source>不要了 Delete</source>
        <translation>Throw away  Delete</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="84" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="86" />
        <source>继续办理 Enter</source>
        <translation>Continue  Enter</translation>
    </message>
</context><context>
    <name>ParkedModel</name>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="24" />
        <source>按键</source>
        <translation>Key</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="25" />
        <source>来访者</source>
        <translation>Visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="26" />
        <source>事项</source>
        <translation>Items</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="27" />
        <source>办到哪里</source>
        <translation>How far</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="28" />
        <source>还缺</source>
        <translation>Lacking</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="29" />
        <source>挂起时间</source>
        <translation>Parked at</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/parked.py" line="30" />
        <source>经办</source>
        <translation>Clerk</translation>
    </message>
</context><context>
    <name>PasswordDialog</name>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="124" />
        <source>归档包用口令加密</source>
        <translation>The package is sealed</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="130" />
        <source>导出时设的口令</source>
        <translation>Password set at the export</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="136" />
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="137" />
        <source>核验 Enter</source>
        <translation>Check Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/archive.py" line="147" />
        <source>口令不对，请核对后再输。</source>
        <translation>Wrong password; check it and try again.</translation>
    </message>
</context><context>
    <name>PaymentDialog</name>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="38" />
        <source>收费</source>
        <translation>Take a fee</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="53" />
        <source>{0} 的金额，元</source>
        <translation>Sum for {0}, yuan</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="62" />
        <source>元</source>
        <translation>yuan</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="65" />
        <source>收款方式</source>
        <translation>Way to pay</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="79" />
        <location filename="../../widgets/dialogs/payment.py" line="69" />
        <source>付款码</source>
        <translation>Payment code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="70" />
        <source>请付款人出示付款码，用扫码枪扫入</source>
        <translation>Scan the code that the payer shows</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="75" />
        <source>用摄像头扫 Alt+C</source>
        <translation>By camera Alt+C</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="95" />
        <source>查询结果 Alt+Q</source>
        <translation>Ask for the result Alt+Q</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="114" />
        <source>停止收款 Esc</source>
        <translation>Stop Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="121" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="137" />
        <source>扫到的不是付款码，请付款人打开“付款码”页面。</source>
        <translation>That is no payment code: ask the payer to open the page "payment code".</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="183" />
        <source>应收 {0} 元</source>
        <translation>Due: {0} yuan</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="183" />
        <source>请填金额</source>
        <translation>Enter the sum</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="185" />
        <source>收款 {0} 元 Enter</source>
        <translation>Take {0} yuan Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="185" />
        <source>收款 Enter</source>
        <translation>Take payment Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/payment.py" line="195" />
        <source>还没有扫付款码。</source>
        <translation>No payment code has been scanned yet.</translation>
    </message>
</context><context>
    <name>PaymentPresenter</name>
    <message>
        <location filename="../../app/presenters/payment.py" line="32" />
        <source>刷卡</source>
        <translation>Card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="33" />
        <source>扫付款码</source>
        <translation>Payer's code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="100" />
        <location filename="../../app/presenters/payment.py" line="98" />
        <source>收费</source>
        <translation>Take a fee</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="133" />
        <source>请付款人确认付款…</source>
        <translation>Waiting for the payer to confirm…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="133" />
        <source>请在终端上刷卡、插卡或挥卡…</source>
        <translation>Please present the card at the terminal…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="154" />
        <source>当时用的收款设备没有接在本机上。</source>
        <translation>The device that was asked then is not connected here.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="156" />
        <source>正在向收款设备查询…</source>
        <translation>Asking the terminal…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="175" />
        <source>已收 {0} 元，凭证号 {1}</source>
        <translation>Received {0} yuan, reference {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="179" />
        <source>没有收款。</source>
        <translation>Nothing was taken.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="185" />
        <source>收款结果不明：请先查询，不要另外收钱。</source>
        <translation>The result is not known: ask first, take no other money.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="194" />
        <source>上次的收款已确认：收到 {0} 元</source>
        <translation>The earlier payment is confirmed: {0} yuan received</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="197" />
        <source>上次的收款已确认：没有扣款 {0} 元</source>
        <translation>The earlier payment is confirmed: {0} yuan were not taken</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="198" />
        <source>费用还没有收，请联系申请人。</source>
        <translation>The fee is still due; please contact the applicant.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="233" />
        <source>{0}　{1}　凭证号 {2}　经办 {3}</source>
        <translation>{0}　{1}　reference {2}　by {3}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="263" />
        <source>正在原路退款，请看终端…</source>
        <translation>Refunding, look at the terminal…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="281" />
        <source>已退款 {0} 元，原路退回。</source>
        <translation>CNY {0} refunded the way it came.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="285" />
        <source>没有退款。{0}</source>
        <translation>Not refunded. {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="303" />
        <source>没有可用的页式打印机，凭条没有打印。</source>
        <translation>There is no sheet printer: the slip was not printed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/payment.py" line="305" />
        <source>凭条已送打印。</source>
        <translation>The slip was sent to the printer.</translation>
    </message>
</context><context>
    <name>Photo</name>
    <message>
        <location filename="../../widgets/who.py" line="46" />
        <source>证件照片</source>
        <translation>Photo of the card</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="46" />
        <source>无证件照片</source>
        <translation>No photo</translation>
    </message>
</context><context>
    <name>PhotoFilm</name>
    <message>
        <location filename="../../widgets/dialogs/id_photo.py" line="28" />
        <source>人像画面</source>
        <translation>Picture of the person</translation>
    </message>
</context><context>
    <name>PinPadPresenter</name>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="81" />
        <source>请与申请人口头核对一遍。</source>
        <translation>Read it back to the applicant.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="82" />
        <source>已收到申请人按的{0}</source>
        <translation>The applicant typed: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="84" />
        <source>没有收到{0}</source>
        <translation>Not received: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="87" />
        <source>请按{0}</source>
        <translation>Type: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="90" />
        <source>请申请人在密码键盘上按{0}</source>
        <translation>Ask the applicant to type on the PIN pad: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="91" />
        <source>按好后自动填入；Esc 取消，窗口可以接着办。</source>
        <translation>It is filled in by itself; Esc takes it back, go on meanwhile.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="101" />
        <source>正在读社保卡，请插卡或放卡…</source>
        <translation>Reading the social-security card, insert it…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="109" />
        <source>没有读到社保卡</source>
        <translation>No social-security card read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="119" />
        <source>社保卡：{0}</source>
        <translation>Social-security card: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="119" />
        <source>社保卡：卡片不公开持卡人</source>
        <translation>Social-security card: it does not tell its holder</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="121" />
        <source>不要当作本人的卡使用；请问明情况。</source>
        <translation>Do not use it as the visitor's; ask.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="122" />
        <source>持卡人与来访人不是同一人！</source>
        <translation>The holder is not the visitor!</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="124" />
        <source>与来访人是同一人。</source>
        <translation>It is the visitor's.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="124" />
        <source>还没有可比对的身份证，只作参考。</source>
        <translation>No ID card to compare with yet: for information only.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="128" />
        <source>请持卡人在密码键盘上按社保卡密码；不验密码按 Esc。</source>
        <translation>Ask the holder to type the card's PIN on the pad; Esc goes without.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="134" />
        <source>请按社保卡密码</source>
        <translation>Card PIN</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="141" />
        <source>没有验证社保卡密码</source>
        <translation>The card's PIN was not checked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="154" />
        <source>社保卡密码没有验成</source>
        <translation>The card's PIN could not be checked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="163" />
        <source>社保卡密码正确</source>
        <translation>The card's PIN is right</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="163" />
        <source>已记入办理记录。</source>
        <translation>Recorded.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="165" />
        <source>请持卡人到社保卡服务网点重置密码。</source>
        <translation>The holder must have it reset by the card's service.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="166" />
        <source>社保卡密码已锁定</source>
        <translation>The card's PIN is blocked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="169" />
        <source>还可以试 {0} 次。</source>
        <translation>{0} tries left.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="170" />
        <source>请持卡人想好再试：按 Shift+F3 重新读卡。</source>
        <translation>Let the holder think, then try again: press Shift+F3 to read the card again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="171" />
        <source>社保卡密码不对</source>
        <translation>Wrong PIN of the card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/pin_pad.py" line="175" />
        <source>已取消。</source>
        <translation>Cancelled.</translation>
    </message>
</context><context>
    <name>PinPage</name>
    <message>
        <location filename="../../widgets/self_service/pin.py" line="39" />
        <location filename="../../widgets/self_service/pin.py" line="22" />
        <source>工作人员退出自助模式</source>
        <translation>Clerk: end self-service</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pin.py" line="30" />
        <source>口令</source>
        <translation>PIN</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pin.py" line="33" />
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/pin.py" line="34" />
        <source>退出自助模式</source>
        <translation>End self-service</translation>
    </message>
</context><context>
    <name>Places</name>
    <message>
        <location filename="../../app/presenters/places_words.py" line="20" />
        <source>{0} {1} {2}</source>
        <translation>{0} {1} {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="22" />
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="23" />
        <source>办公时间</source>
        <translation>Hours</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="24" />
        <source>咨询电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="25" />
        <source>公共交通</source>
        <translation>Transit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="26" />
        <source>可办</source>
        <translation>Handled here</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="26" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="37" />
        <source>就在本大厅，不用出门。</source>
        <translation>In this very hall; no need to go out.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="38" />
        <source>到路口后，{0}在{1}侧</source>
        <translation>At the corner, {0} is on the {1} side</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="44" />
        <source>本大厅</source>
        <translation>this hall</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="45" />
        <source>约 {0} 米</source>
        <translation>about {0} m</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="50" />
        <source>出门沿{0}向{1}走约 {2} 米</source>
        <translation>Leave and follow {0} {1} for about {2} m</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="51" />
        <source>左转，沿{0}向{1}走约 {2} 米</source>
        <translation>Turn left, follow {0} {1} for about {2} m</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="52" />
        <source>右转，沿{0}向{1}走约 {2} 米</source>
        <translation>Turn right, follow {0} {1} for about {2} m</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="53" />
        <source>直行，沿{0}向{1}走约 {2} 米</source>
        <translation>Straight on, follow {0} {1} for about {2} m</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="60" />
        <source>北</source>
        <translation>north</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="60" />
        <source>东北</source>
        <translation>north-east</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="61" />
        <source>东</source>
        <translation>east</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="61" />
        <source>东南</source>
        <translation>south-east</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="62" />
        <source>南</source>
        <translation>south</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="62" />
        <source>西南</source>
        <translation>south-west</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="63" />
        <source>西</source>
        <translation>west</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places_words.py" line="63" />
        <source>西北</source>
        <translation>north-west</translation>
    </message>
</context><context>
    <name>PlacesDialog</name>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="34" />
        <source>办事地图</source>
        <translation>Where to go</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="40" />
        <source>办事地点</source>
        <translation>Places</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="40" />
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="40" />
        <source>路程</source>
        <translation>Distance</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="56" />
        <source>全部地点 A</source>
        <translation>All places A</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="60" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="62" />
        <source>打印指引 P</source>
        <translation>Print the way P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="99" />
        <source>没有登记地点</source>
        <translation>No place is known</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="106" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="108" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="131" />
        <source>怎么走</source>
        <translation>The way</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="138" />
        <source>地图码：手机扫码打开地图</source>
        <translation>Code: scan with a phone to open its map</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/places.py" line="139" />
        <source>手机扫码，打开地图</source>
        <translation>Scan with a phone to open its map</translation>
    </message>
</context><context>
    <name>PlacesPresenter</name>
    <message>
        <location filename="../../app/presenters/places.py" line="49" />
        <source>本地的地点文件有误，按随程序的用：{0} 第 {1} 行，{2}</source>
        <translation>The site's file of places is wrong; the one shipped is used: {0} line {1}, {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places.py" line="58" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/places.py" line="59" />
        <source>{0} 等 {1} 个事项</source>
        <translation>{0} and others, {1} items</translation>
    </message>
    <message>
        <location filename="../../app/presenters/places.py" line="78" />
        <source>{0} 已送打印</source>
        <translation>{0} sent to the printer</translation>
    </message>
</context><context>
    <name>PreprintedDialog</name>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="24" />
        <location filename="../../widgets/dialogs/preprinted.py" line="23" />
        <source>套打到印好的空白表</source>
        <translation>Print onto the pre-printed form</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="27" />
        <source>只打印填写的内容，表格线已在纸上。先放一张普通纸试打，与空白表对光比较；偏了多少就填多少。</source>
        <translation>Only what was filled in is printed; the lines are on the paper. Try it on plain paper first, hold it against the form, and enter by how much it is off.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="32" />
        <source>向右移动（毫米，向左为负）</source>
        <translation>Move right (mm; left is negative)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="33" />
        <source>向下移动（毫米，向上为负）</source>
        <translation>Move down (mm; up is negative)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="44" />
        <source>移动量按打印机分别记住，下次不用再调。</source>
        <translation>Kept for each printer; next time it is right at once.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="45" />
        <source>试打 Alt+T</source>
        <translation>Try Alt+T</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="48" />
        <source>套打 Enter</source>
        <translation>Print Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="50" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/preprinted.py" line="65" />
        <source> 毫米</source>
        <translation> mm</translation>
    </message>
</context><context>
    <name>PreviewPanel</name>
    <message>
        <location filename="../../widgets/preview.py" line="195" />
        <source>实时画面</source>
        <translation>Live picture</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="205" />
        <source>扫证照或拍材料时，这里显示画面</source>
        <translation>The camera shows here while scanning or capturing</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="206" />
        <source>相机画面</source>
        <translation>Camera picture</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="211" />
        <source>换镜头</source>
        <translation>Next camera</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="212" />
        <source>定格</source>
        <translation>Hold</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="213" />
        <source>左右翻转</source>
        <translation>Mirror</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="353" />
        <location filename="../../widgets/preview.py" line="214" />
        <source>画面大小</source>
        <translation>Picture size</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="215" />
        <source>调亮度、对焦、选镜头</source>
        <translation>Brightness, focus, head</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="239" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="339" />
        <source>已定格</source>
        <translation>On hold</translation>
    </message>
    <message>
        <location filename="../../widgets/preview.py" line="378" />
        <source>画面</source>
        <translation>Picture</translation>
    </message>
</context><context>
    <name>PrintAskDialog</name>
    <message>
        <location filename="../../widgets/dialogs/print_ask.py" line="22" />
        <source>{0}：纸出来了吗？</source>
        <translation>{0}: is the paper there?</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_ask.py" line="35" />
        <source>看看打印机上有没有这个编号、内容完整的一份。回答之前不会再打，其他文书照常打印。</source>
        <translation>Look at the printer for a whole paper with this number. It is not printed again before you answer; other papers go on.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_ask.py" line="52" />
        <source>已出纸，完整 Y</source>
        <translation>It is there, whole Y</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_ask.py" line="54" />
        <source>没有，再打一份 N</source>
        <translation>No, print it again N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_ask.py" line="56" />
        <source>稍后再看 Esc</source>
        <translation>Later Esc</translation>
    </message>
</context><context>
    <name>PrintBatchDialog</name>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="76" />
        <source>批量打印受理通知书</source>
        <translation>Print notices of acceptance</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="103" />
        <source>全选或全不选 A</source>
        <translation>All or none A</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="104" />
        <source>只打没打过的 U</source>
        <translation>Not printed yet U</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="105" />
        <source>从选中这份起 F</source>
        <translation>From this one on F</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="111" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="122" />
        <location filename="../../widgets/dialogs/print_batch.py" line="119" />
        <source>哪些办件</source>
        <translation>Which cases</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="125" />
        <location filename="../../widgets/dialogs/print_batch.py" line="123" />
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="135" />
        <source>正在读取办件…</source>
        <translation>Reading the cases…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="142" />
        <source>这一段没有受理过办件。换一段试试。</source>
        <translation>No cases were accepted then. Try another time.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="177" />
        <source>打印 {0} 份 Enter</source>
        <translation>Print {0} Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="180" />
        <source>共 {0} 份，选中 {1} 份</source>
        <translation>{0} papers, {1} chosen</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="182" />
        <source>，其中 {0} 份打印过，会标明“补打”</source>
        <translation>, {0} of them printed before and marked as reprints</translation>
    </message>
</context><context>
    <name>PrintBatchPresenter</name>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="82" />
        <source>上次的批量打印没有打完</source>
        <translation>The last batch was not finished</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="222" />
        <location filename="../../app/presenters/print_batch.py" line="83" />
        <source>已打 {0}/{1} 份</source>
        <translation>{0} of {1} printed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="84" />
        <source>，{0} 份待确认</source>
        <translation>, {0} to be confirmed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="85" />
        <source>按 Ctrl+F8 接着打。</source>
        <translation>Press Ctrl+F8 to go on.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="101" />
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="101" />
        <source>昨天</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="101" />
        <source>7 天内</source>
        <translation>7 days</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="103" />
        <source>我的办件列出的 {0} 件</source>
        <translation>The {0} cases listed in My cases</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="108" />
        <source>本窗口没有配备打印机。</source>
        <translation>This window has no printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="137" />
        <source>{0} 开始，{1}，共 {2} 份</source>
        <translation>Begun {0}, {1}, {2} papers</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="213" />
        <source>批量打印 {0}/{1}</source>
        <translation>Batch {0}/{1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="218" />
        <source>批量打印完成</source>
        <translation>Batch finished</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="225" />
        <source>{0}，{1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="241" />
        <source>{0}：{1}。处理好后自动接着打。</source>
        <translation>{0}: {1}. It goes on by itself when that is mended.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="246" />
        <source>已打印 {0} 份</source>
        <translation>{0} printed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="248" />
        <source>{0} 份不知是否打出：选中它，看过打印机后按 Y 或 N。</source>
        <translation>{0} may or may not be out: select it, look at the printer, press Y or N.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="251" />
        <source>没有打印 {0} 份</source>
        <translation>{0} not printed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_batch.py" line="271" />
        <source>从第 {0} 份起重打</source>
        <translation>Again from paper {0} on</translation>
    </message>
</context><context>
    <name>PrintDesk</name>
    <message>
        <location filename="../../app/presenters/print_desk.py" line="33" />
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_desk.py" line="34" />
        <source>凭条打印机</source>
        <translation>Receipt printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_desk.py" line="35" />
        <source>备用打印机</source>
        <translation>Second printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_desk.py" line="36" />
        <source>备用凭条打印机</source>
        <translation>Second receipt printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_desk.py" line="268" />
        <source>内容已保存。处理好打印机后自动接着打，不用再按；要换打印机按 Shift+F8。</source>
        <translation>All is saved. Printing goes on by itself once the printer is mended; Shift+F8 changes the printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_desk.py" line="269" />
        <source>{0}。</source>
        <translation>{0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_desk.py" line="270" />
        <source>{0}没有打印</source>
        <translation>{0} did not print</translation>
    </message>
</context><context>
    <name>PrintListPresenter</name>
    <message>
        <location filename="../../app/presenters/print_list.py" line="102" />
        <source>今天已打印 {0} 份</source>
        <translation>{0} printed today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_list.py" line="104" />
        <source>待处理 {0} 份</source>
        <translation>{0} to see to</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_list.py" line="105" />
        <source>{0}，{1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_list.py" line="107" />
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_list.py" line="156" />
        <source>有一份文书待确认</source>
        <translation>A paper is to be confirmed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_list.py" line="157" />
        <source>{0} {1}，不知是否打出。</source>
        <translation>{0} {1} may or may not be out.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_list.py" line="158" />
        <source>看过打印机后按 Shift+F8 确认。</source>
        <translation>Look at the printer, then press Shift+F8.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_list.py" line="193" />
        <source>这份文书请在“我的办件”（Ctrl+J）中打开办件补打。</source>
        <translation>Open the case in My cases (Ctrl+J) to print this paper again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_list.py" line="198" />
        <source>正在补打…</source>
        <translation>Printing again…</translation>
    </message>
</context><context>
    <name>PrintModel</name>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="29" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="30" />
        <source>文书</source>
        <translation>Paper</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="31" />
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="32" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="33" />
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="34" />
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="35" />
        <source>说明</source>
        <translation>Note</translation>
    </message>
</context><context>
    <name>PrintReasonDialog</name>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="22" />
        <source>为什么补打？</source>
        <translation>Why print it again?</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="27" />
        <source>遗失</source>
        <translation>Lost</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="27" />
        <source>污损</source>
        <translation>Soiled</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="27" />
        <source>打印不清或卡纸</source>
        <translation>Unclear or jammed</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="27" />
        <source>申请人要多一份</source>
        <translation>Applicant wants one more</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="29" />
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="33" />
        <source>其他原因</source>
        <translation>Another reason</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="34" />
        <source>其他原因（写了就以这里为准）</source>
        <translation>Another reason (counts if written)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="38" />
        <source>原因写入操作记录，纸上标明“补打”。不要写群众的姓名、号码。</source>
        <translation>The reason goes into the audit trail, and the paper says that it is a reprint. No names or numbers of citizens here.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="39" />
        <source>补打 Enter</source>
        <translation>Reprint Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_reason.py" line="41" />
        <source>不打了 Esc</source>
        <translation>Do not print Esc</translation>
    </message>
</context><context>
    <name>PrintRunDialog</name>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="246" />
        <source>这一批的文书</source>
        <translation>The papers of this batch</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="255" />
        <source>已出纸 Y</source>
        <translation>It is there Y</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="256" />
        <source>没有出纸 N</source>
        <translation>It is not N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="257" />
        <source>从选中这份起重打 F</source>
        <translation>Again from this one on F</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="258" />
        <source>停止 S</source>
        <translation>Stop S</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="294" />
        <location filename="../../widgets/dialogs/print_batch.py" line="259" />
        <source>暂停 P</source>
        <translation>Pause P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="265" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="275" />
        <source>正在批量打印</source>
        <translation>Printing a batch</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="276" />
        <source>批量打印已暂停</source>
        <translation>Batch paused</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="277" />
        <source>批量打印已停止</source>
        <translation>Batch stopped</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="278" />
        <source>批量打印完成</source>
        <translation>Batch finished</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="281" />
        <source>批量打印</source>
        <translation>Batch printing</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="294" />
        <source>继续 P</source>
        <translation>Go on P</translation>
    </message>
</context><context>
    <name>PrintWords</name>
    <message>
        <location filename="../../app/presenters/print_words.py" line="26" />
        <source>未放行</source>
        <translation>Held back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="28" />
        <source>等打印机</source>
        <translation>Printer not ready</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="30" />
        <source>排队中</source>
        <translation>Queued</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="32" />
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="33" />
        <source>待确认</source>
        <translation>To be confirmed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="34" />
        <source>已打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="35" />
        <source>已取消</source>
        <translation>Cancelled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="67" />
        <source>文书</source>
        <translation>Paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="69" />
        <source>{0} · 补打</source>
        <translation>{0} · reprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="70" />
        <source>{0} · 补打 {1}</source>
        <translation>{0} · reprint {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="76" />
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="77" />
        <source>A4 大字</source>
        <translation>A4 large type</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="78" />
        <source>A5</source>
        <translation>A5</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="79" />
        <source>A5 大字</source>
        <translation>A5 large type</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="82" />
        <source>80 毫米凭条</source>
        <translation>80 mm strip</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="83" />
        <source>58 毫米凭条</source>
        <translation>58 mm strip</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="84" />
        <source>{0} 纸</source>
        <translation>{0} paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="86" />
        <source>纸张</source>
        <translation>Paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="104" />
        <source>{0} 件</source>
        <translation>{0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="112" />
        <source>约还需 {0} 秒</source>
        <translation>about {0} s left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/print_words.py" line="113" />
        <source>约还需 {0} 分钟</source>
        <translation>about {0} min left</translation>
    </message>
</context><context>
    <name>PrintsDialog</name>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="67" />
        <source>打印清单</source>
        <translation>Print list</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="99" />
        <location filename="../../widgets/dialogs/prints.py" line="73" />
        <source>列出</source>
        <translation>Show</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="73" />
        <source>待处理</source>
        <translation>To see to</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="73" />
        <source>今天全部</source>
        <translation>All of today</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="105" />
        <source>已出纸 Y</source>
        <translation>It is there Y</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="106" />
        <source>没有出纸 N</source>
        <translation>It is not N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="107" />
        <source>现在打印 G</source>
        <translation>Print now G</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="108" />
        <source>补打 R</source>
        <translation>Reprint R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="109" />
        <source>取消打印 Del</source>
        <translation>Cancel Del</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="110" />
        <source>换打印机 X</source>
        <translation>Other printer X</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="113" />
        <source>看文书 Enter</source>
        <translation>Look Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="115" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="129" />
        <source>没有待处理的打印任务。</source>
        <translation>No print job wants anything.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/prints.py" line="129" />
        <source>今天还没有打印过文书。</source>
        <translation>Nothing was printed today.</translation>
    </message>
</context><context>
    <name>QueryDialog</name>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="34" />
        <source>查询共享数据</source>
        <translation>Ask shared data</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="43" />
        <source>查询目的</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="61" />
        <source>可查询的数据</source>
        <translation>Data that can be asked</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="70" />
        <source>重查 R</source>
        <translation>Ask again R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="72" />
        <source>联网后再查 L</source>
        <translation>Ask when online L</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="74" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="170" />
        <source>查询 {0} 种 Enter</source>
        <translation>Ask {0} Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="172" />
        <source>采用 {0} 种 Enter</source>
        <translation>Take {0} Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="174" />
        <source>完成 Enter</source>
        <translation>Done Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/query.py" line="174" />
        <source>正在查询…</source>
        <translation>Asking …</translation>
    </message>
</context><context>
    <name>QuestionsPage</name>
    <message>
        <location filename="../../widgets/self_service/form.py" line="103" />
        <source>请填写</source>
        <translation>Please fill in</translation>
    </message>
</context><context>
    <name>QueueNumberDialog</name>
    <message>
        <location filename="../../widgets/dialogs/queue_number.py" line="19" />
        <source>叫号</source>
        <translation>Call next</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/queue_number.py" line="26" />
        <source>要叫的号码</source>
        <translation>Number to call</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/queue_number.py" line="27" />
        <source>例如 A012</source>
        <translation>For example A012</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/queue_number.py" line="32" />
        <source>照取号纸上的号码填；下次会接着往下数。</source>
        <translation>As on the visitor's ticket; next time it counts on from here.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/queue_number.py" line="33" />
        <source>不叫了 Esc</source>
        <translation>Do not call Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/queue_number.py" line="35" />
        <source>叫号 Enter</source>
        <translation>Call Enter</translation>
    </message>
</context><context>
    <name>QueuePresenter</name>
    <message>
        <location filename="../../app/presenters/queue.py" line="61" />
        <source>本窗口暂停服务</source>
        <translation>This counter has paused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="61" />
        <source>按 Ctrl+Shift+S 恢复服务后再叫号。</source>
        <translation>Press Ctrl+Shift+S to serve again, then call.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="84" />
        <source>过号没有登记上</source>
        <translation>The no-show was not recorded</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="88" />
        <source>按 Ctrl+N 叫下一位。</source>
        <translation>Press Ctrl+N to call the next.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="89" />
        <source>{0} 已过号</source>
        <translation>{0} did not come</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="99" />
        <source>现在没有人排队</source>
        <translation>Nobody is waiting</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="101" />
        <source>没有取到号</source>
        <translation>No number was taken</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="119" />
        <source>已叫 {0}</source>
        <translation>{0} called</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="122" />
        <source>按 Ctrl+Shift+N 重呼，或者口头叫号。</source>
        <translation>Press Ctrl+Shift+N to call again, or call out.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/queue.py" line="123" />
        <source>{0} 没有叫出去</source>
        <translation>{0} could not be called</translation>
    </message>
</context><context>
    <name>RatingPage</name>
    <message>
        <location filename="../../widgets/customer/rating.py" line="79" />
        <location filename="../../widgets/customer/rating.py" line="26" />
        <source>请您评价本次服务</source>
        <translation>Please rate this service</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="36" />
        <source>非常满意</source>
        <translation>Very good</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="37" />
        <source>满意</source>
        <translation>Good</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="38" />
        <source>基本满意</source>
        <translation>Fair</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="39" />
        <source>不满意</source>
        <translation>Bad</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="40" />
        <source>非常不满意</source>
        <translation>Very bad</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="51" />
        <source>评价码</source>
        <translation>Rating code</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="52" />
        <source>也可以用手机扫码，离开以后再评；凭证上也印着这个码。</source>
        <translation>Or scan with a phone and rate later; the code is on the notice too.</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="61" />
        <source>重新选择</source>
        <translation>Choose again</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="63" />
        <source>提交评价</source>
        <translation>Send</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="69" />
        <source>可以再选几条（可不选）</source>
        <translation>You may tick some points (or none)</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="88" />
        <source>办理事项：{0}</source>
        <translation>Business: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="88" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="89" />
        <source>工作人员：{0}</source>
        <translation>Clerk: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="97" />
        <source>{0} 秒后关闭，不评价可直接离开</source>
        <translation>Closes in {0} s; you may leave without rating</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/rating.py" line="112" />
        <source>您选择了：{0}</source>
        <translation>You chose: {0}</translation>
    </message>
</context><context>
    <name>ReadingPresenter</name>
    <message>
        <location filename="../../app/presenters/reading.py" line="94" />
        <source>{0}（材料上是 {1}）</source>
        <translation>{0} (the paper says {1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/reading.py" line="96" />
        <source>{0}、{1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/reading.py" line="97" />
        <source>材料与表上不一致，请核对：{0}</source>
        <translation>The paper and the form differ; please compare: {0}</translation>
    </message>
</context><context>
    <name>Recorder</name>
    <message>
        <location filename="../../app/presenters/recorder.py" line="150" />
        <source>填写</source>
        <translation>Type</translation>
    </message>
    <message>
        <location filename="../../app/presenters/recorder.py" line="153" />
        <source>按 {0}</source>
        <translation>Press {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/recorder.py" line="156" />
        <source>点“{0}”</source>
        <translation>click “{0}”</translation>
    </message>
</context><context>
    <name>RecoveryDialog</name>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="36" />
        <source>恢复码</source>
        <translation>Recovery code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="37" />
        <source>所有人都忘了口令，或者系统密钥环丢失时，用它打开本机数据</source>
        <translation>Opens the data when everybody forgot their PIN or the keyring is lost</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="50" />
        <source>以后再说 Esc</source>
        <translation>Later  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="52" />
        <source>再看一遍 F4</source>
        <translation>Show it again  F4</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="64" />
        <source>请用笔抄在纸上，封好交管理员保管。</source>
        <translation>Copy it onto paper with a pen, seal it, and give it to the administrator.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="70" />
        <source>只显示这一次。不要拍照，也不要存进电脑：拿到它和这台电脑的人，不用口令就能打开数据。</source>
        <translation>Shown this once. Take no photograph and keep it in no computer: who has it and this computer opens the data without a PIN.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="73" />
        <source>保存后，以前的恢复码作废，请把旧纸条销毁。</source>
        <translation>Once saved, the code before opens nothing any more; destroy the old paper.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="84" />
        <source>请照纸上输入一遍，确认没有抄错</source>
        <translation>Type it from the paper, to make sure that it was copied right</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="89" />
        <source>大小写、横线、空格都可以不管</source>
        <translation>Case, hyphens and spaces do not matter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="111" />
        <source>第 {0} 组 {1}</source>
        <translation>Group {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="149" />
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="155" />
        <source>抄好了 Enter</source>
        <translation>Copied  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/recovery.py" line="155" />
        <source>保存 Enter</source>
        <translation>Save  Enter</translation>
    </message>
</context><context>
    <name>RecoveryPresenter</name>
    <message>
        <location filename="../../app/presenters/recovery.py" line="42" />
        <source>本机还没有恢复码</source>
        <translation>This computer has no recovery code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/recovery.py" line="42" />
        <source>所有人都忘了口令时，没有传出的办件会打不开。</source>
        <translation>If everybody forgot their PIN, cases not yet sent could not be opened.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/recovery.py" line="43" />
        <source>有空时按 Ctrl+Shift+K 生成。</source>
        <translation>Make one with Ctrl+Shift+K when there is time.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/recovery.py" line="74" />
        <source>恢复码已保存</source>
        <translation>The recovery code is saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/recovery.py" line="74" />
        <source>请把抄好的纸封好，交管理员保管。</source>
        <translation>Seal the paper and give it to the administrator.</translation>
    </message>
</context><context>
    <name>RedeemPresenter</name>
    <message>
        <location filename="../../app/presenters/redeem.py" line="128" />
        <source>平台没有应答，证照码已加密存在本机，还不能作数。</source>
        <translation>The platform does not answer. The code is kept encrypted on this machine and counts for nothing yet.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="129" />
        <source>网络恢复后自动核验，可以先办别的。</source>
        <translation>It is verified by itself once the line is back; go on meanwhile.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="131" />
        <source>证照尚未核验</source>
        <translation>Licence not verified yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="146" />
        <source>证照已联网核验</source>
        <translation>Licence verified online</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="149" />
        <source>证照不是来访人的</source>
        <translation>Not this visitor's licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="149" />
        <source>没有填表，也没有免交材料。</source>
        <translation>Nothing was filled in and no material waived.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="151" />
        <source>证照没有通过核验</source>
        <translation>The licence was not verified</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="157" />
        <source>码的有效时间已过，平台还没有应答。</source>
        <translation>The time of the code is over and the platform has not answered.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="158" />
        <source>联网后请群众刷新手机上的码，按 F4 重新扫。</source>
        <translation>When the line is back, have the code refreshed and scan it again with F4.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="159" />
        <source>证照码可能已失效</source>
        <translation>The code has probably ended</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="177" />
        <source>码可能已失效，请群众刷新后重新扫</source>
        <translation>The code has probably ended; have it refreshed and scan again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="179" />
        <source>正在联网核验，码还剩 {0} 秒</source>
        <translation>Verifying online; the code lives {0} s more</translation>
    </message>
    <message>
        <location filename="../../app/presenters/redeem.py" line="180" />
        <source>等待联网核验，码还剩 {0} 秒</source>
        <translation>Waits for the platform; the code lives {0} s more</translation>
    </message>
</context><context>
    <name>Resident</name>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="20" />
        <source>中文姓名</source>
        <translation>Chinese name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="21" />
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="22" />
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="23" />
        <source>出生日期</source>
        <translation>Born</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="24" />
        <source>国籍</source>
        <translation>Nationality</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="25" />
        <source>证件种类</source>
        <translation>Document</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="26" />
        <source>证件号码</source>
        <translation>Document number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="27" />
        <source>证件有效期至</source>
        <translation>Document valid until</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="29" />
        <source>男</source>
        <translation>Male</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="29" />
        <source>女</source>
        <translation>Female</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="55" />
        <source>有，缩小保存</source>
        <translation>yes, kept small</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="55" />
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="57" />
        <source>证件照片</source>
        <translation>Photograph</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="63" />
        <source>码号</source>
        <translation>Code no.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="64" />
        <source>有效期至</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="65" />
        <source>平台流水号</source>
        <translation>Reference</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="72" />
        <source>来访人服务码</source>
        <translation>Personal service code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="79" />
        <source>登记</source>
        <translation>Registered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="80" />
        <source>服务码有效期至</source>
        <translation>Code valid until</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="82" />
        <source>本次已读过证件；要凭码办事，请先叫下一位。</source>
        <translation>A document was read at this visit already; to serve by the code, call the next visitor first.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="85" />
        <source>签名属实，平台确认有效。码可以转借，请对着登记时的照片核对本人（Ctrl+F3）。</source>
        <translation>The signature holds and the platform confirms the code. Codes can be lent: compare the person with the registered photograph (Ctrl+F3).</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="86" />
        <source>作废此码</source>
        <translation>End this code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="88" />
        <source>签名属实；平台没有应答，用的是本机的登记，是否作废不能确认。请查验证件、核对本人。</source>
        <translation>The signature holds; the platform does not answer, this machine's own copy is shown, and whether the code was ended is not known. Look at the document and the person.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="93" />
        <source>为此人办理</source>
        <translation>Serve this person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="106" />
        <source>来访人服务码 {0}</source>
        <translation>Personal service code {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="114" />
        <source>至 {0}</source>
        <translation>until {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/resident_words.py" line="117" />
        <source>平台没有应答，未确认是否作废</source>
        <translation>The platform did not answer: perhaps ended</translation>
    </message>
</context><context>
    <name>ResidentDialog</name>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="89" />
        <location filename="../../widgets/dialogs/resident.py" line="27" />
        <source>登记来访人服务码</source>
        <translation>Register for a personal service code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="37" />
        <source>打印 Alt+P</source>
        <translation>Print  Alt+P</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="40" />
        <source>不登记 Esc</source>
        <translation>Do not register  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="42" />
        <source>完成 Enter</source>
        <translation>Done  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="44" />
        <source>登记 Enter</source>
        <translation>Register  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="58" />
        <source>已向本人说明，本人同意（Y）</source>
        <translation>Explained to the person, who agrees (Y)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="68" />
        <source>登记的内容</source>
        <translation>What is registered</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="77" />
        <source>来访人服务码</source>
        <translation>Personal service code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/resident.py" line="79" />
        <source>请来访人用手机拍下，或打印带走。码中没有个人信息。</source>
        <translation>The visitor photographs it, or takes it printed. The code holds no personal data.</translation>
    </message>
</context><context>
    <name>ResidentPresenter</name>
    <message>
        <location filename="../../app/presenters/residents.py" line="136" />
        <source>已送打印。</source>
        <translation>Sent to the printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/residents.py" line="138" />
        <source>没有可用的页式打印机，请来访人用手机拍下。</source>
        <translation>No sheet printer is ready; the visitor may photograph the code.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/residents.py" line="171" />
        <source>请按 Ctrl+F3 对着登记时的照片核对本人。</source>
        <translation>Press Ctrl+F3 and compare the person with the registered photograph.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/residents.py" line="173" />
        <source>已凭服务码取得登记信息</source>
        <translation>Registered data taken over by the code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/residents.py" line="177" />
        <source>作废后此码不能再用，平台上的登记信息随即删除。须是本人提出。</source>
        <translation>The code then serves nobody and the platform deletes what was registered. Only at the person's own wish.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/residents.py" line="178" />
        <source>作废这个服务码？</source>
        <translation>End this code?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/residents.py" line="178" />
        <source>作废</source>
        <translation>End it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/residents.py" line="193" />
        <source>服务码已作废</source>
        <translation>The code is ended</translation>
    </message>
    <message>
        <location filename="../../app/presenters/residents.py" line="193" />
        <source>平台上的登记信息已删除。</source>
        <translation>The platform has deleted what was registered.</translation>
    </message>
</context><context>
    <name>ResultPage</name>
    <message>
        <location filename="../../widgets/lesson_result.py" line="39" />
        <source>成绩</source>
        <translation>Score</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="109" />
        <location filename="../../widgets/lesson_result.py" line="51" />
        <source>失误与正确做法</source>
        <translation>Mistakes, and what would have been right</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="70" />
        <source>再练一次 Ctrl+Shift+N</source>
        <translation>Practise again  Ctrl+Shift+N</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="73" />
        <source>考核，不带提示 Ctrl+Enter</source>
        <translation>Exam, no hints  Ctrl+Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="75" />
        <source>成绩单 PDF Ctrl+P</source>
        <translation>PDF  Ctrl+P</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="78" />
        <source>导出 CSV Ctrl+S</source>
        <translation>CSV  Ctrl+S</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="81" />
        <source>回课程表 Enter</source>
        <translation>Back to the lessons  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="98" />
        <source>{0} 分</source>
        <translation>{0} points</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="100" />
        <source>{0} 星，满分 5 星</source>
        <translation>{0} of 5 stars</translation>
    </message>
    <message>
        <location filename="../../widgets/lesson_result.py" line="109" />
        <source>没有失误，做得好。</source>
        <translation>No mistakes. Well done.</translation>
    </message>
</context><context>
    <name>Ring</name>
    <message>
        <location filename="../../widgets/coach.py" line="186" />
        <source>提示所指</source>
        <translation>What the hint points at</translation>
    </message>
</context><context>
    <name>RivalBox</name>
    <message>
        <location filename="../../widgets/rivals.py" line="149" />
        <source>来源不一致：↓ 选择，Enter 采用</source>
        <translation>Sources disagree: ↓ selects, Enter takes</translation>
    </message>
    <message>
        <location filename="../../widgets/rivals.py" line="149" />
        <source>以前填过：↓ 选择，核对后 Enter 采用</source>
        <translation>Filled in before: ↓ selects, check, Enter takes</translation>
    </message>
    <message>
        <location filename="../../widgets/rivals.py" line="168" />
        <source>理由（可不填），如已核对原件</source>
        <translation>Reason (optional), e.g. original checked</translation>
    </message>
    <message>
        <location filename="../../widgets/rivals.py" line="169" />
        <source>采用理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <location filename="../../widgets/rivals.py" line="183" />
        <source>材料上的原样</source>
        <translation>As it stands on the page</translation>
    </message>
</context><context>
    <name>RivalCard</name>
    <message>
        <location filename="../../widgets/rivals.py" line="46" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../widgets/rivals.py" line="55" />
        <source>{0}　{1}　Ctrl+{2}</source>
        <translation>{0}  {1}  Ctrl+{2}</translation>
    </message>
</context><context>
    <name>Roster</name>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="54" />
        <source>还没有读到排班，联网后自动下载</source>
        <translation>No roster here yet; it comes by itself once online</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="57" />
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="59" />
        <source>{0} 分钟前</source>
        <translation>{0} min ago</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="61" />
        <source>{0} 小时前</source>
        <translation>{0} h ago</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="63" />
        <source>{0} 天前</source>
        <translation>{0} days ago</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="64" />
        <source>{0} 的排班（{1}）</source>
        <translation>Roster of {0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="66" />
        <source>{0}，可能已有变动，请联网核对</source>
        <translation>{0}; it may have changed, go online to check</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="74" />
        <source>这台电脑还没有读到排班。
联网后自动下载，以后没有网络也能看。</source>
        <translation>This computer has no roster yet.
It comes by itself once online, and can then be seen offline.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="76" />
        <source>驻点排班里没有工号 {0}。
请主管在后台的“驻点排班”里登记。</source>
        <translation>Staff number {0} is not on the roster.
The supervisor enters it in the back office.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="79" />
        <source>今天起七天内没有你的驻点。</source>
        <translation>You stand nowhere in the seven days from today.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="84" />
        <source>今天</source>
        <translation>Today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="84" />
        <source>明天</source>
        <translation>Tomorrow</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="92" />
        <source>请假未成</source>
        <translation>Leave refused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="96" />
        <source>{0}替我</source>
        <translation>{0} for me</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="98" />
        <source>请假（待传）</source>
        <translation>Leave (to be sent)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="99" />
        <source>请假，等派替班</source>
        <translation>On leave, no substitute yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="113" />
        <source>平台没有接受请假：{0}。请联系主管；在待传清单（F9）里处理。</source>
        <translation>The platform refuses the leave: {0}. Ask the supervisor; settle it in the outbox (F9).</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="117" />
        <source>请假已记下，联网后报主管；要派替班，最好先打个电话。</source>
        <translation>Noted; it goes to the supervisor once online. Better telephone as well, so that a substitute is found.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="127" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="128" />
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="129" />
        <source>联系</source>
        <translation>Contact</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="130" />
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="131" />
        <source>原排专员</source>
        <translation>By the roster</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="132" />
        <source>任务包</source>
        <translation>Pack</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="141" />
        <source>没有安排外出任务包</source>
        <translation>No visit pack is planned</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="143" />
        <source>已领取，{0}</source>
        <translation>Taken along, {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="145" />
        <source>{0} 的任务包未领取（Ctrl+Shift+V 领取）</source>
        <translation>The pack of {0} is not taken (Ctrl+Shift+V)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster_words.py" line="146" />
        <source>{0}已领取</source>
        <translation>Taken by {0}</translation>
    </message>
</context><context>
    <name>RosterDialog</name>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="32" />
        <source>我的驻点</source>
        <translation>My stations</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="40" />
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="40" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="40" />
        <source>企业</source>
        <translation>Firm</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="40" />
        <source>驻点</source>
        <translation>Standing</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="58" />
        <source>请假 A</source>
        <translation>Leave A</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="60" />
        <source>企业服务 F</source>
        <translation>Firm services F</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="62" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="64" />
        <source>登记诉求 N</source>
        <translation>New demand N</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="126" />
        <source>驻点内容</source>
        <translation>The station</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/roster.py" line="146" />
        <source>在办事项 {0} 件</source>
        <translation>Open matters: {0}</translation>
    </message>
</context><context>
    <name>RosterPresenter</name>
    <message>
        <location filename="../../app/presenters/roster.py" line="105" />
        <source>请假</source>
        <translation>Leave</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster.py" line="105" />
        <source>请假的原因</source>
        <translation>Why you are away</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster.py" line="106" />
        <source>{0} 全天，所有驻点；主管另派替班</source>
        <translation>{0}, the whole day, all stations; the supervisor names a substitute</translation>
    </message>
    <message>
        <location filename="../../app/presenters/roster.py" line="118" />
        <source>{0} 请假已记下，报给主管</source>
        <translation>Leave on {0} noted, on its way to the supervisor</translation>
    </message>
</context><context>
    <name>RunModel</name>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="202" />
        <source>序</source>
        <translation>No.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="203" />
        <source>文书编号</source>
        <translation>Paper number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="204" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="205" />
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="206" />
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/print_batch.py" line="207" />
        <source>说明</source>
        <translation>Note</translation>
    </message>
</context><context>
    <name>SameFirmPresenter</name>
    <message>
        <location filename="../../app/presenters/same_firm.py" line="46" />
        <source>同一单位，下一人</source>
        <translation>The same firm, the next person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/same_firm.py" line="47" />
        <source>单位信息和单位材料已带入，共 {0} 个事项</source>
        <translation>What is known of the firm and its papers are taken along; {0} items</translation>
    </message>
    <message>
        <location filename="../../app/presenters/same_firm.py" line="48" />
        <source>读这一位的证件：F2 身份证，Shift+F2 护照。</source>
        <translation>Read this person's document: F2 card, Shift+F2 passport.</translation>
    </message>
</context><context>
    <name>SaveLessonDialog</name>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="20" />
        <location filename="../../widgets/dialogs/save_lesson.py" line="19" />
        <location filename="../../widgets/dialogs/save_lesson.py" line="18" />
        <source>保存这一课</source>
        <translation>Keep this lesson</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="18" />
        <source>录下 {0} 步</source>
        <translation>{0} steps recorded</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="22" />
        <source>课程名称</source>
        <translation>Title</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="22" />
        <source>例如：我要开理发店（带户外招牌）</source>
        <translation>e.g. Open a barber shop (with a signboard)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="23" />
        <source>练什么</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="23" />
        <source>一句话，写给学员看</source>
        <translation>One sentence for the learner</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="32" />
        <source>有 {0} 处点击不在按钮、输入框或列表上，没有录入。</source>
        <translation>{0} clicks met no button, field or list and were left out.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="34" />
        <source>保存 Enter</source>
        <translation>Keep  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/save_lesson.py" line="36" />
        <source>不保存 Esc</source>
        <translation>Discard  Esc</translation>
    </message>
</context><context>
    <name>ScanMenu</name>
    <message>
        <location filename="../../widgets/scan_menu.py" line="30" />
        <source>扫描方式</source>
        <translation>How to scan</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="35" />
        <source>从哪里扫描</source>
        <translation>Scan from</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="37" />
        <source>自动：有进纸先扫进纸，没有扫平板(&amp;A)</source>
        <translation>&amp;Automatic: the feeder, or the glass if it is empty</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="38" />
        <source>平板(&amp;G)</source>
        <translation>&amp;Glass</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="39" />
        <source>进纸，单面(&amp;F)</source>
        <translation>&amp;Feeder, one side</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="40" />
        <source>进纸，双面(&amp;D)</source>
        <translation>Feeder, both si&amp;des</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="43" />
        <source>颜色</source>
        <translation>Colour</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="43" />
        <source>彩色(&amp;C)</source>
        <translation>&amp;Colour</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="43" />
        <source>灰度(&amp;H)</source>
        <translation>Grey (&amp;H)</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="45" />
        <source>200 dpi，文件小(&amp;2)</source>
        <translation>&amp;200 dpi, small files</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="46" />
        <source>300 dpi，标准(&amp;3)</source>
        <translation>&amp;300 dpi, normal</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="47" />
        <source>600 dpi，小字、印章(&amp;6)</source>
        <translation>&amp;600 dpi, small print and seals</translation>
    </message>
    <message>
        <location filename="../../widgets/scan_menu.py" line="49" />
        <source>清晰度</source>
        <translation>Sharpness</translation>
    </message>
</context><context>
    <name>ScanPresenter</name>
    <message>
        <location filename="../../app/presenters/scanning.py" line="126" />
        <source>正在扫描</source>
        <translation>Scanning</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="126" />
        <source>等这一份扫完，或按 Esc 取消。</source>
        <translation>Wait for this one to end, or press Esc to cancel.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="133" />
        <source>扫描：{0}</source>
        <translation>Scan: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="134" />
        <source>正在扫描第 1 页…（Esc 取消）</source>
        <translation>Scanning page 1… (Esc cancels)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="147" />
        <source>正在取消扫描…</source>
        <translation>Cancelling the scan…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="178" />
        <source>已受理，后面扫描的页没有收入</source>
        <translation>Already accepted; the pages scanned since were not taken in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="178" />
        <source>需要补充的，请在补交里办。</source>
        <translation>What is still needed can be handed in later.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="192" />
        <source>第 {0} 页已保存，正在扫描第 {1} 页…（Esc 取消）</source>
        <translation>Page {0} saved, scanning page {1}… (Esc cancels)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="213" />
        <source>已扫描 {0} 页，加密保存；V 看各页，Ctrl+Z 撤销</source>
        <translation>{0} pages scanned and saved encrypted; V views them, Ctrl+Z undoes</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="215" />
        <source>已扫描 {0} 页，但还有 {1} 条收件要点没有确认（数字键或 A）</source>
        <translation>{0} pages scanned, but {1} acceptance points are not confirmed (digits or A)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="224" />
        <source>前 {0} 页已经保存。</source>
        <translation>The first {0} pages are saved.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="226" />
        <source>扫描已取消。{0}</source>
        <translation>Scan cancelled. {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="229" />
        <source>处理好后按 Shift+F6，从第 {0} 页接着扫描。</source>
        <translation>Then press Shift+F6 to go on from page {0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="231" />
        <source>处理好后按 Shift+F6 重新扫描，或按 F6 用高拍仪拍。</source>
        <translation>Then press Shift+F6 to scan again, or F6 to use the document camera.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="232" />
        <source>没有扫完</source>
        <translation>The scan was not finished</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="232" />
        <source>没有扫到材料</source>
        <translation>Nothing was scanned</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="233" />
        <source>扫描仪没有所选的进纸方式，请按 Ctrl+F6 另选</source>
        <translation>the scanner has no such source; press Ctrl+F6 to choose another</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanning.py" line="235" />
        <source>{0}。{1}</source>
        <translation>{0}. {1}</translation>
    </message>
</context><context>
    <name>ScannerPresenter</name>
    <message>
        <location filename="../../app/presenters/scanner.py" line="85" />
        <source>扫码枪没有读好</source>
        <translation>The scanner did not read well</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanner.py" line="101" />
        <source>现在不能扫码</source>
        <translation>Scanning is not possible now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/scanner.py" line="101" />
        <source>请先关闭对话框，或接待下一位后再扫。</source>
        <translation>Close the dialog first, or scan after calling the next visitor.</translation>
    </message>
</context><context>
    <name>ScreenPlace</name>
    <message>
        <location filename="../../app/presenters/customer_place.py" line="85" />
        <source>群众屏的内容先显示在一个小窗口里。</source>
        <translation>Its content stands in a small window for now.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer_place.py" line="86" />
        <source>群众屏断开了</source>
        <translation>The citizen screen is gone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/customer_place.py" line="86" />
        <source>接好显示器后会自动移回去。</source>
        <translation>It moves back by itself once the screen is connected.</translation>
    </message>
</context><context>
    <name>SectionHeading</name>
    <message>
        <location filename="../../widgets/form_section.py" line="97" />
        <source>Ctrl+↓ 下一部分　Ctrl+↑ 上一部分</source>
        <translation>Ctrl+↓ next part  Ctrl+↑ previous part</translation>
    </message>
    <message>
        <location filename="../../widgets/form_section.py" line="112" />
        <source>{0} 项有误</source>
        <translation>{0} wrong</translation>
    </message>
    <message>
        <location filename="../../widgets/form_section.py" line="114" />
        <source>{0}/{1} 齐</source>
        <translation>{0}/{1} done</translation>
    </message>
    <message>
        <location filename="../../widgets/form_section.py" line="123" />
        <source>已填好，点按展开</source>
        <translation>Done; click to unfold</translation>
    </message>
</context><context>
    <name>SelfService</name>
    <message>
        <location filename="../../widgets/self_service/fields.py" line="187" />
        <source>输入几个字或拼音首字母，在下面选</source>
        <translation>Type a few letters, choose below</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="32" />
        <source>放身份证</source>
        <translation>ID card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="33" />
        <source>选要办的事</source>
        <translation>Choose your business</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="34" />
        <source>看一看，填一填</source>
        <translation>Look and fill in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="35" />
        <source>拍材料</source>
        <translation>Capture</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="36" />
        <source>核对签字</source>
        <translation>Check and sign</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="43" />
        <source>第 {0} 步，共 {1} 步　{2}</source>
        <translation>Step {0} of {1}  {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="74" />
        <source>已选 {0} 件：{1}</source>
        <translation>{0} chosen: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="110" />
        <source>已承诺代替</source>
        <translation>Promised instead</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="110" />
        <source>没有这份材料，书面承诺代替</source>
        <translation>I promise in writing instead</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="112" />
        <source>已定以后补交</source>
        <translation>Handed in later</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="112" />
        <source>现在没有，以后补交</source>
        <translation>I hand it in later</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="115" />
        <source>第 {0} 份，共 {1} 份</source>
        <translation>{0} of {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="130" />
        <source>身份证</source>
        <translation>ID card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_words.py" line="131" />
        <source>请到 {0} 等候叫号</source>
        <translation>Please wait at {0}</translation>
    </message>
</context><context>
    <name>SelfServiceCamera</name>
    <message>
        <location filename="../../app/presenters/self_service_camera.py" line="101" />
        <source>画面中断，请稍候</source>
        <translation>Picture lost, please wait</translation>
    </message>
</context><context>
    <name>SelfServiceChoice</name>
    <message>
        <location filename="../../app/presenters/self_service_choice.py" line="72" />
        <source>选好了，下一步</source>
        <translation>Next</translation>
    </message>
</context><context>
    <name>SelfServiceCollect</name>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="106" />
        <source>领取办理结果</source>
        <translation>Collect a result</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="107" />
        <source>完成，回到首页</source>
        <translation>Done, back to the start</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="120" />
        <source>已领取</source>
        <translation>Collected</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="121" />
        <source>打印待核实，请工作人员帮忙</source>
        <translation>Print in doubt, ask the staff</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="122" />
        <source>请到窗口领取</source>
        <translation>Collect at the window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="124" />
        <source>{0}　{1} 办结</source>
        <translation>{0}  completed {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="135" />
        <source>打印机还在打上一份，请稍候再按。</source>
        <translation>The printer is still at the last one. Please wait, then press again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="139" />
        <source>打印机现在不能用，没有登记领取。请工作人员帮忙，或到窗口领取。</source>
        <translation>The printer cannot be used now; nothing was marked as collected. Ask the staff, or collect at the window.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="147" />
        <source>正在打印，请稍候……</source>
        <translation>Printing, please wait…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="184" />
        <source>没有确认出纸，没有登记领取。请不要离开，工作人员就来看打印机。</source>
        <translation>The printer did not confirm the sheet; nothing was marked as collected. Please stay, the staff comes to look.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="187" />
        <source>没有打印出来，没有登记领取。工作人员处理好打印机后，可以再按一次。</source>
        <translation>It was not printed; nothing was marked as collected. Press again once the staff has seen to the printer.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="203" />
        <source>请从打印机取走办理结果。已经拿到，请签字。</source>
        <translation>Take the result from the printer. Once you have it, please sign.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="234" />
        <source>已登记领取，已签收。</source>
        <translation>Marked as collected, signed for.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_collect.py" line="234" />
        <source>已登记领取，没有签字。</source>
        <translation>Marked as collected, not signed.</translation>
    </message>
</context><context>
    <name>SelfServiceFace</name>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="25" />
        <source>没有看到您的脸，请站到镜头前</source>
        <translation>Your face is not seen: please stand before the camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="26" />
        <source>画面里不止一个人，请旁边的人让开</source>
        <translation>More than one person is in the picture: others please step aside</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="27" />
        <source>请靠近一些</source>
        <translation>Please come closer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="28" />
        <source>脸没有照全，请站到中间</source>
        <translation>Your face is cut off: please stand in the middle</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="29" />
        <source>请正对镜头</source>
        <translation>Please face the camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="30" />
        <source>请把头摆正</source>
        <translation>Please hold your head straight</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="31" />
        <source>脸上太暗，请换个方向</source>
        <translation>Your face is too dark: please turn another way</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="32" />
        <source>脸上太亮，请避开强光</source>
        <translation>Your face is too bright: please avoid strong light</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="33" />
        <source>脸上一边亮一边暗，请换个方向</source>
        <translation>One side of your face is dark: please turn another way</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="34" />
        <source>画面不清楚，请站稳</source>
        <translation>The picture is not sharp: please stand still</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="38" />
        <source>没有比对上身份证的照片。没有打印，也没有登记领取。</source>
        <translation>You could not be matched with the card's photograph. Nothing was printed or marked as collected.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="39" />
        <source>没有照到可以比对的画面。没有打印，也没有登记领取。</source>
        <translation>No picture was good enough to compare. Nothing was printed or marked as collected.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="40" />
        <source>您没有同意比对，没有拍照。</source>
        <translation>You did not agree; no picture was taken.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="41" />
        <source>这里显示不了身份证芯片里的照片，没有比对。</source>
        <translation>The photograph in the card's chip cannot be shown here; nothing was compared.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="42" />
        <source>摄像头现在不能用，没有比对。</source>
        <translation>The camera cannot be used now; nothing was compared.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="43" />
        <source>这台机器没有装人脸比对，没有比对。</source>
        <translation>This machine cannot compare faces; nothing was compared.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="92" />
        <source>领取办理结果　比对人脸</source>
        <translation>Collect a result  Compare faces</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="148" />
        <source>正在比对，请看着镜头……</source>
        <translation>Comparing, please look at the camera…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_face.py" line="175" />
        <source>知道了，回到首页</source>
        <translation>I see, back to the start</translation>
    </message>
</context><context>
    <name>SelfServiceFlow</name>
    <message>
        <location filename="../../app/presenters/self_service_flow.py" line="42" />
        <source>没有读出来，请拿起身份证重新放平</source>
        <translation>It could not be read. Lift the card and lay it flat again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_flow.py" line="43" />
        <source>读卡器现在不能用，请先选事项，或请工作人员帮忙</source>
        <translation>The reader does not work now. Go on without, or call a clerk</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_flow.py" line="256" />
        <source>领取办理结果　放身份证</source>
        <translation>Collect a result  Lay down the ID card</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_flow.py" line="285" />
        <source>没有问题，下一步</source>
        <translation>All right, next</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_flow.py" line="335" />
        <source>还有 {0} 项</source>
        <translation>{0} left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_flow.py" line="338" />
        <source>不清楚，到窗口再填</source>
        <translation>Leave it for the counter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_flow.py" line="338" />
        <source>下一步</source>
        <translation>Next</translation>
    </message>
</context><context>
    <name>SelfServicePapers</name>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="56" />
        <source>不出示了，下一步</source>
        <translation>Go on without</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="77" />
        <source>这不是电子证照的二维码，请打开“我的证照”再出示。</source>
        <translation>This is no e-licence. Open your licences and show it again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="82" />
        <source>证照</source>
        <translation>Licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="84" />
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="84" />
        <source>已吊销</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="85" />
        <source>不能用</source>
        <translation>cannot be used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="86" />
        <source>{0}：{1}，请换一个，或到窗口说明。</source>
        <translation>{0}: {1}. Show another one, or tell the clerk.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="89" />
        <source>{0}不是您本人的，没有采用。</source>
        <translation>{0} is not yours and was not used.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="92" />
        <source>已读到{0}。还有别的请接着出示。</source>
        <translation>{0} read. Show the next one if you have more.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="140" />
        <location filename="../../app/presenters/self_service_papers.py" line="94" />
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="139" />
        <source>没带，到窗口再交</source>
        <translation>Not with me, at the counter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="187" />
        <source>{0}，看不清就重拍</source>
        <translation>{0}; take it again if it is unclear</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="187" />
        <source>拍好了</source>
        <translation>Taken</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service_papers.py" line="219" />
        <source>没有画面了。请点下一步，证照可以到窗口再出示。</source>
        <translation>The picture is gone. Go on; show the licence at the counter.</translation>
    </message>
</context><context>
    <name>SelfServicePresenter</name>
    <message>
        <location filename="../../app/presenters/self_service.py" line="85" />
        <source>演示口令 {0}</source>
        <translation>Demo PIN {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="198" />
        <source>已退出自助模式</source>
        <translation>Self-service ended</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="199" />
        <source>自助交来 {0} 件，核对后受理。</source>
        <translation>{0} prepared by citizens, to be checked and accepted.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="200" />
        <source>Alt+数字键取回。</source>
        <translation>Alt+digit takes one up.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="268" />
        <source>{0} 秒后保存到窗口，回到首页</source>
        <translation>Kept for the counter in {0} s</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="268" />
        <source>{0} 秒后清除，回到首页</source>
        <translation>Cleared in {0} s</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="288" />
        <source>自助 {0} 已交到窗口</source>
        <translation>Self-service {0} handed to the counter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="289" />
        <source>取回后核对、受理。</source>
        <translation>Take it up, check, accept.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="296" />
        <source>自助服务：群众请您帮忙</source>
        <translation>Self-service: a citizen needs help</translation>
    </message>
    <message>
        <location filename="../../app/presenters/self_service.py" line="296" />
        <source>请到自助屏前看一看。</source>
        <translation>Please go to the self-service screen.</translation>
    </message>
</context><context>
    <name>SelfServiceScreen</name>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="48" />
        <location filename="../../widgets/self_service/screen.py" line="47" />
        <source>自助服务</source>
        <translation>Self-service</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="58" />
        <source>您还在吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="58" />
        <source>我还在</source>
        <translation>I am here</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="105" />
        <location filename="../../widgets/self_service/screen.py" line="58" />
        <source>不办了</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="59" />
        <source>不办了吗？</source>
        <translation>Cancel?</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="59" />
        <source>接着办</source>
        <translation>Go on</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="59" />
        <source>不办了，清除已填内容</source>
        <translation>Cancel and clear everything</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="214" />
        <location filename="../../widgets/self_service/screen.py" line="106" />
        <source>请工作人员帮忙</source>
        <translation>Call a clerk</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="123" />
        <source>上一步</source>
        <translation>Back</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="125" />
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/screen.py" line="214" />
        <source>工作人员就来</source>
        <translation>A clerk is coming</translation>
    </message>
</context><context>
    <name>ServingPage</name>
    <message>
        <location filename="../../widgets/customer/pages.py" line="82" />
        <location filename="../../widgets/customer/pages.py" line="58" />
        <source>正在为您办理</source>
        <translation>Serving you</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="68" />
        <source>已读取的信息</source>
        <translation>What was read</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="69" />
        <source>还需要的材料</source>
        <translation>Papers still needed</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="82" />
        <source>{0}，正在为您办理</source>
        <translation>{0}, serving you</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="84" />
        <source>等 {0} 项</source>
        <translation>… {0} in all</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="91" />
        <source>{0} 项，不用再填</source>
        <translation>{0}, nothing to fill in again</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="93" />
        <source>等 {0} 份</source>
        <translation>… {0} in all</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pages.py" line="95" />
        <source>收费：{0}</source>
        <translation>Fee: {0}</translation>
    </message>
</context><context>
    <name>Settings</name>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="26" />
        <source>屏幕</source>
        <translation>Screen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="27" />
        <source>窗口</source>
        <translation>Window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="28" />
        <source>平台</source>
        <translation>Platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="29" />
        <source>上传</source>
        <translation>Sending</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="30" />
        <source>时限提醒</source>
        <translation>Time limits</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="31" />
        <source>证照信任</source>
        <translation>Licence trust</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="32" />
        <source>保存期限</source>
        <translation>Retention</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="33" />
        <source>外出受理</source>
        <translation>Out of office</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="34" />
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="35" />
        <source>浏览器系统</source>
        <translation>Browser systems</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="36" />
        <source>目录</source>
        <translation>Folders</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="37" />
        <source>更新</source>
        <translation>Updates</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="38" />
        <source>支持</source>
        <translation>Support</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="39" />
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="47" />
        <source>默认值</source>
        <translation>default</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="48" />
        <source>用途的常用值</source>
        <translation>usual for this use</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="49" />
        <source>本机设置</source>
        <translation>this machine</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="50" />
        <source>环境变量</source>
        <translation>environment</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="51" />
        <source>启动参数</source>
        <translation>command line</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="52" />
        <source>站点策略</source>
        <translation>site policy</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="59" />
        <source>是</source>
        <translation>Yes</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="59" />
        <source>否</source>
        <translation>No</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="65" />
        <source>天</source>
        <translation>days</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="65" />
        <source>小时</source>
        <translation>hours</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="65" />
        <source>分钟</source>
        <translation>minutes</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="66" />
        <source>个工作日</source>
        <translation>working days</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="66" />
        <source>秒</source>
        <translation>seconds</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="70" />
        <source>用途</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="71" />
        <source>按用途套用一组常用值；单独设过的仍按单独设的。</source>
        <translation>Takes what is usual for this use; what was set singly stays.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="73" />
        <source>柜台窗口</source>
        <translation>Counter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="74" />
        <source>外出办理</source>
        <translation>Mobile</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="75" />
        <source>自助机</source>
        <translation>Self-service</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="76" />
        <source>演示</source>
        <translation>Demo</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="80" />
        <source>界面语言</source>
        <translation>Language</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="80" />
        <source>中文</source>
        <translation>Chinese</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="83" />
        <source>屏幕水印</source>
        <translation>Watermark</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="83" />
        <source>屏幕上淡淡显示人员、窗口和时间，拍照可追溯。</source>
        <translation>Clerk, window and time, faint over the screen, so that a photograph can be traced.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="86" />
        <source>群众屏</source>
        <translation>Citizen’s screen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="87" />
        <source>第二块屏幕的系统名称；填 window 用单独的窗口，留空为没有。</source>
        <translation>The second screen's name in the system; "window" for a window of its own, empty for none.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="90" />
        <source>启动后进入自助模式</source>
        <translation>Open for citizens</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="90" />
        <source>工作人员登录后，屏幕直接交给群众。</source>
        <translation>As soon as a clerk has signed in, the screen is the citizens'.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="93" />
        <source>无操作锁屏</source>
        <translation>Lock when idle</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="93" />
        <source>多久没有操作就锁屏；0 为不自动锁。</source>
        <translation>After how long without input; 0: never by itself.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="96" />
        <source>必须用钥匙登录</source>
        <translation>Key required to sign in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="97" />
        <source>打开后，没有本人钥匙不能登录和解锁；关闭时钥匙和口令都可以。</source>
        <translation>When on, nobody signs in or unlocks without their own key; when off, key and PIN both do.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="100" />
        <source>钥匙发证机构文件</source>
        <translation>Authority of keys, file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="101" />
        <source>PEM 文件的完整路径；留空时采用平台下发的。</source>
        <translation>Full path of a PEM file; empty: as the platform says.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="104" />
        <source>窗口编号</source>
        <translation>Window number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="105" />
        <source>2–6 位大写字母或数字，写进每个流水号；受理过办件后不要再改。</source>
        <translation>2–6 capitals or digits, part of every case number; leave it once cases were accepted.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="107" />
        <source>窗口名称</source>
        <translation>Window name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="108" />
        <location filename="../../app/presenters/settings_words.py" line="107" />
        <source>印在文书上。</source>
        <translation>Printed on papers.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="108" />
        <source>大厅名称</source>
        <translation>Hall name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="109" />
        <source>行政区划代码</source>
        <translation>Division code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="110" />
        <source>平台地址</source>
        <translation>Platform address</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="110" />
        <source>以 https:// 开头。</source>
        <translation>Begins with https://.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="112" />
        <source>设备编号</source>
        <translation>Device number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="112" />
        <source>平台登记时给出，与令牌对应。</source>
        <translation>Given at enrolment, with the token.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="115" />
        <source>数据包公钥</source>
        <translation>Packet key</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="115" />
        <source>加密 U 盘数据包用；留空时采用平台下发的。</source>
        <translation>For packets on a stick; empty: as the platform says.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="117" />
        <source>文书根公钥</source>
        <translation>Root key of papers</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="117" />
        <source>核验其他窗口的文书用。</source>
        <translation>For verifying other windows' papers.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="119" />
        <source>寄递下单地址</source>
        <translation>Carrier's address</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="119" />
        <source>承运方给的 https:// 地址；留空则不寄递。</source>
        <translation>The https:// address that the carrier gave; empty: nothing is sent from here.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="122" />
        <source>寄递令牌文件</source>
        <translation>Carrier's token file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="122" />
        <source>存放承运方令牌的文件，只有本机能读。</source>
        <translation>The file with the carrier's token, readable on this machine alone.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="125" />
        <source>流量线路</source>
        <translation>Metered line</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="126" />
        <source>打开后只自动上传办件记录，影像等放行；不下载更新。</source>
        <translation>Only records go by themselves, pictures wait to be let go; no updates are fetched.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="129" />
        <source>暂停上传的提醒</source>
        <translation>Reminder of a pause</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="129" />
        <source>每隔多久提醒一次；0 为不提醒。</source>
        <translation>How often; 0: never.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="132" />
        <source>办件将到期</source>
        <translation>Case due soon</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="138" />
        <location filename="../../app/presenters/settings_words.py" line="135" />
        <location filename="../../app/presenters/settings_words.py" line="132" />
        <source>到期前多久亮黄灯。</source>
        <translation>How long before it is due the light turns yellow.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="135" />
        <source>容缺材料将到期</source>
        <translation>Owed material due soon</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="138" />
        <source>半日件将到期</source>
        <translation>Half-day case nearly due</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="141" />
        <source>工作日开放时间</source>
        <translation>Hours on working days</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="142" />
        <source>如 1-5 09:00-12:00 13:30-17:00（1 为周一）；调休上班的周末照周一。</source>
        <translation>As 1-5 09:00-12:00 13:30-17:00 (1 is Monday); worked weekends have Monday's.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="145" />
        <source>延时服务时间</source>
        <translation>Extended hours</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="146" />
        <source>如 2,4 17:00-19:00; 6 09:00-12:00；法定节假日除外。</source>
        <translation>As 2,4 17:00-19:00; 6 09:00-12:00; not on legal holidays.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="149" />
        <source>个别日期</source>
        <translation>Single days</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="149" />
        <source>如 2026-12-26 09:00-12:00; 2027-01-01 closed。</source>
        <translation>As 2026-12-26 09:00-12:00; 2027-01-01 closed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="152" />
        <source>提示帮办</source>
        <translation>Offer assisted visits</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="152" />
        <source>“否”时只由窗口人员按 Shift+F5 开启。</source>
        <translation>If no, only the clerk begins one, with Shift+F5.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="155" />
        <source>帮办：满几周岁起</source>
        <translation>Assisted from age</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="156" />
        <source>读到的证件满这个年龄，提示可以帮办。</source>
        <translation>Offered when a card shows this age.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="159" />
        <location filename="../../app/presenters/settings_words.py" line="157" />
        <source>周岁</source>
        <translation>years</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="159" />
        <source>帮办：不满几周岁</source>
        <translation>Assisted below age</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="161" />
        <source>自助领取前比对人脸</source>
        <translation>Compare faces before self-service collection</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="162" />
        <source>本人同意后和身份证芯片里的照片比对；比不上、不同意的到窗口领取。</source>
        <translation>With consent, against the photograph in the card's chip; who is not alike or does not agree collects at the counter.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="165" />
        <source>显示证件照片的程序</source>
        <translation>Program that shows card photographs</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="166" />
        <source>读卡器厂商提供，把芯片里的照片解成图片。</source>
        <translation>From the reader's vendor: makes a picture of what the chip holds.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="169" />
        <source>手机评价地址</source>
        <translation>Address for rating by phone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="170" />
        <source>手机能打开的平台地址；填了，凭证上印评价码。留空则不印。</source>
        <translation>The platform as phones reach it; with it notices carry a rating code. Empty: none.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="173" />
        <source>评价码有效期</source>
        <translation>Rating code holds</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="173" />
        <source>受理后多少天内可以扫码评价。</source>
        <translation>Days after acceptance in which it can be used.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="176" />
        <source>信任名单公钥</source>
        <translation>Trust list keys</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="176" />
        <source>只采用由这些密钥签发的名单；多个用逗号分开。</source>
        <translation>Only lists signed by these count; several with commas.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="179" />
        <source>名单多久未更新就提醒</source>
        <translation>Warn of an old list</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="179" />
        <source>0 为不提醒。</source>
        <translation>0: never.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="182" />
        <source>名单多久未更新就停用</source>
        <translation>List counts no more after</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="183" />
        <source>停用后证照不能核验；0 为不停用。</source>
        <translation>Licences then cannot be verified; 0: never.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="187" />
        <source>材料影像</source>
        <translation>Pages</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="187" />
        <source>平台妥善保存之后本机再留多久。</source>
        <translation>How long they stay after the platform holds them safely.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="190" />
        <source>办件内容</source>
        <translation>Contents of cases</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="190" />
        <source>不能短于材料影像。</source>
        <translation>Not shorter than the pictures.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="192" />
        <source>已打印的文书</source>
        <translation>Printed papers</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="193" />
        <source>运行日志</source>
        <translation>Logs</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="195" />
        <source>未办完的来访</source>
        <translation>Unfinished visits</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="195" />
        <source>从最后一次保存算起。</source>
        <translation>Since they were last saved.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="198" />
        <source>核验记录的摘要密钥</source>
        <translation>Keys of identity records</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="199" />
        <source>过期后，谁也不能再从摘要查到号码。</source>
        <translation>Afterwards nobody can lead a hash back to a number.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="202" />
        <source>任务包有效期</source>
        <translation>Visit packs hold</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="204" />
        <source>任务包黄灯</source>
        <translation>Pack: amber</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="204" />
        <source>到期前多久开始提醒。</source>
        <translation>How long before the end it is warned of.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="207" />
        <source>任务包红灯</source>
        <translation>Pack: red</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="207" />
        <source>到期前多久开始催办。</source>
        <translation>How long before the end it is urged.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="209" />
        <source>打印前先看</source>
        <translation>Look before printing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="211" />
        <source>重打要写原因</source>
        <translation>Reprints want a reason</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="211" />
        <source>原因留在操作记录里。</source>
        <translation>The reason stays in the audit trail.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="214" />
        <source>承诺书签字再按指纹</source>
        <translation>Finger beside the name under commitments</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="215" />
        <source>告知承诺书、容缺承诺书签好后，再请当事人按指纹；没有指纹仪的不按。</source>
        <translation>After a commitment is signed the person also presses a finger; not where there is no reader.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="217" />
        <source>本机接口端口</source>
        <translation>Port</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="217" />
        <source>浏览器系统从这里借用设备。</source>
        <translation>Browser systems borrow devices here.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="219" />
        <source>旧高拍仪接口端口</source>
        <translation>Old camera port</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="221" />
        <location filename="../../app/presenters/settings_words.py" line="219" />
        <source>0 为不提供。</source>
        <translation>0: not served.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="221" />
        <source>旧读卡器接口端口</source>
        <translation>Old reader port</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="223" />
        <source>等待同意</source>
        <translation>Wait for consent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="223" />
        <source>多久没有答复就算不同意。</source>
        <translation>No answer for so long means no.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="226" />
        <source>可借用设备的系统</source>
        <translation>Systems that may borrow</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="227" />
        <source>写作 网址=系统名称，例如 https://hunyin.example=婚姻登记系统；多个用分号分开，留空为都不借。</source>
        <translation>Write address=name of the system, such as https://hunyin.example=Marriage registration; several with semicolons between; empty: nothing is lent.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="233" />
        <source>旧接口的证件栏名称</source>
        <translation>Old names of card fields</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="234" />
        <source>那些网页怎样称呼证件的各栏，写作 本机名称=网页名称，例如 name=xm；多个用分号分开。</source>
        <translation>What those pages call a card's fields: our name=their name, such as name=xm; several with semicolons between.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="236" />
        <source>事项目录</source>
        <translation>Catalogue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="236" />
        <source>留空用随程序的目录。</source>
        <translation>Empty: the one shipped.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="237" />
        <source>信任名单文件夹</source>
        <translation>Trust list folder</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="237" />
        <source>留空用本机数据里的。</source>
        <translation>Empty: the profile's own.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="239" />
        <source>自动下载更新</source>
        <translation>Fetch updates</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="240" />
        <source>在后台下载、校验新版本，下次打开时启用，不打断办理。</source>
        <translation>New versions are fetched and checked behind the work, and used at the next start.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="243" />
        <source>检查更新</source>
        <translation>Look for updates</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="243" />
        <source>每隔多久问一次平台。</source>
        <translation>How often the platform is asked.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="246" />
        <source>更新公钥</source>
        <translation>Update keys</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="246" />
        <source>只采用由这些密钥签发的版本；留空为不更新。</source>
        <translation>Only versions signed by these are taken; empty: no updates.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="249" />
        <source>故障报告</source>
        <translation>Crash reports</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="250" />
        <source>出现故障后，下次打开时问是否发送；报告不含个人信息。</source>
        <translation>After a fault, you are asked at the next start whether to send it; it holds no personal data.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="251" />
        <source>每次问我</source>
        <translation>Ask me</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings_words.py" line="251" />
        <source>只留在本机</source>
        <translation>Stay here</translation>
    </message>
</context><context>
    <name>SettingsDialog</name>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="49" />
        <location filename="../../widgets/dialogs/settings.py" line="33" />
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="34" />
        <source>每一项都写明来自哪里；站点策略规定的不能改</source>
        <translation>Each with where it comes from; what the site's policy says cannot be changed</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="41" />
        <source>查找设置</source>
        <translation>Find a setting</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="42" />
        <source>查找：名称、说明或文件里的写法</source>
        <translation>Find: name, description, or as written in the file</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="43" />
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="49" />
        <source>类别</source>
        <translation>Kind</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="49" />
        <source>当前值</source>
        <translation>Value</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="49" />
        <source>来自</source>
        <translation>From</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="79" />
        <source>恢复默认 Ctrl+R</source>
        <translation>Default Ctrl+R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="82" />
        <source>撤销 Ctrl+Z</source>
        <translation>Undo  Ctrl+Z</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="85" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="87" />
        <source>保存 Ctrl+S</source>
        <translation>Save Ctrl+S</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/settings.py" line="146" />
        <source>没有找到，换个说法试试。</source>
        <translation>Nothing found; try other words.</translation>
    </message>
</context><context>
    <name>SettingsPresenter</name>
    <message>
        <location filename="../../app/presenters/settings.py" line="62" />
        <source>只能查看；要更改请窗口负责人登录。</source>
        <translation>For looking only; to change them, the window's manager signs in.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="78" />
        <source>“{0}”每一项写作 名称=内容，多项用分号分开。</source>
        <translation>“{0}”: write each entry as name=words, several with semicolons between.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="80" />
        <source>“{0}”要填整数。</source>
        <translation>"{0}" takes a whole number.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="85" />
        <source>“{0}”应为 {1}–{2}。</source>
        <translation>"{0}" goes from {1} to {2}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="98" />
        <source>已保存</source>
        <translation>Saved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="110" />
        <source>“{0}”不改了。</source>
        <translation>"{0}" stays as it was.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="112" />
        <source>已恢复到上次保存之前</source>
        <translation>Back to before the last saving</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="123" />
        <source>{0} 项待保存，按 Ctrl+S。</source>
        <translation>{0} to be saved: Ctrl+S.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="153" />
        <source>{0}；{1} 另有规定，本机所设暂不生效。</source>
        <translation>{0}; {1} is ruled elsewhere, so this machine's value is not in force.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="156" />
        <source>{0}，现在就生效。Ctrl+Z 撤销。</source>
        <translation>{0}, in force now. Ctrl+Z takes it back.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="157" />
        <source>{0}，重新打开“一窗”后生效。Ctrl+Z 撤销。</source>
        <translation>{0}, in force when Yichuang is opened anew. Ctrl+Z takes it back.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="183" />
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="204" />
        <source>设备在“设备”里更换：Ctrl+Shift+D。</source>
        <translation>Devices are changed under Devices: Ctrl+Shift+D.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="211" />
        <source>{0}（锁定）</source>
        <translation>{0} (locked)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="217" />
        <source>由站点策略锁定，本机不能改。</source>
        <translation>Locked by the site's policy; it cannot be changed here. </translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="218" />
        <source>联系：{0}</source>
        <translation>Contact: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="218" />
        <source>需要更改请联系管理员。</source>
        <translation>Ask the administrator for a change.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="220" />
        <source>由 {0} 规定，在那里更改。</source>
        <translation>Ruled by {0}; change it there.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/settings.py" line="221" />
        <source>要更改请窗口负责人登录。</source>
        <translation>To change it, the window's manager signs in.</translation>
    </message>
</context><context>
    <name>ShapeDialog</name>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="30" />
        <source>补字形</source>
        <translation>Give a character its shape</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="33" />
        <source>“{0}”不在文书字库中</source>
        <translation>“{0}” is not in the fonts of papers</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="34" />
        <source>{0}，在“{1}”里。补上字形后即可打印，文字仍可核验。</source>
        <translation>{0}, in “{1}”. With a shape for it the paper can be printed; its text can still be verified.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="39" />
        <source>可用的字形</source>
        <translation>Shapes to choose from</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="48" />
        <source>与证件上的字核对，选一个笔画完全一样的：</source>
        <translation>Compare with the identity document and choose the one whose strokes are exactly the same:</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="52" />
        <source>用图片 Alt+O</source>
        <translation>Use a picture Alt+O</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="54" />
        <source>证件上这个字的照片，或者手写后拍下的图片；深色笔画、浅色底</source>
        <translation>A photograph of the character on the document, or of it written by hand; dark strokes on light ground</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="56" />
        <source>先不打印 Esc</source>
        <translation>Do not print yet Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="58" />
        <source>用这个字形 Enter</source>
        <translation>Use this shape Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="62" />
        <source>正在其他字体里找这个字…</source>
        <translation>Looking for it in other fonts…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="71" />
        <source>字形 {0}</source>
        <translation>Shape {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="79" />
        <source>补一次即可，以后本机打印这个字都用它。</source>
        <translation>Once is enough: from now on this machine prints the character so.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/shape.py" line="82" />
        <source>本机其他字体里也没有这个字。请拍下证件上的这个字，用图片补上。</source>
        <translation>No other font of this machine has it. Photograph the character on the document and use the picture.</translation>
    </message>
</context><context>
    <name>ShapesPresenter</name>
    <message>
        <location filename="../../app/presenters/shapes.py" line="65" />
        <source>选择字形图片</source>
        <translation>Choose a picture of the character</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shapes.py" line="67" />
        <source>图片 (*.png *.jpg *.jpeg *.bmp)</source>
        <translation>Pictures (*.png *.jpg *.jpeg *.bmp)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shapes.py" line="92" />
        <source>请再打印一次（受理按 F8），并核对纸面上的字。</source>
        <translation>Print once more (F8 to accept), and look at the character on the paper.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shapes.py" line="93" />
        <source>“{0}”已补字形</source>
        <translation>“{0}” has a shape now</translation>
    </message>
</context><context>
    <name>SharedDataPresenter</name>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="28" />
        <source>已查到</source>
        <translation>found</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="29" />
        <source>没有记录</source>
        <translation>no record</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="30" />
        <source>不予提供</source>
        <translation>refused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="31" />
        <source>没有应答</source>
        <translation>no answer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="80" />
        <source>查询共享数据</source>
        <translation>Ask shared data</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="315" />
        <location filename="../../app/presenters/shared_data.py" line="260" />
        <location filename="../../app/presenters/shared_data.py" line="238" />
        <location filename="../../app/presenters/shared_data.py" line="187" />
        <location filename="../../app/presenters/shared_data.py" line="168" />
        <location filename="../../app/presenters/shared_data.py" line="98" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="103" />
        <source>可免交 {0} 份</source>
        <translation>spares {0} papers</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="105" />
        <source>可填 {0} 项</source>
        <translation>fills {0} fields</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="107" />
        <source>可定能否容缺</source>
        <translation>decides what may follow later</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="309" />
        <location filename="../../app/presenters/shared_data.py" line="108" />
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="110" />
        <source>离线，联网后可查</source>
        <translation>Offline: ask when back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="111" />
        <source>共享数据 {0} 种</source>
        <translation>Shared data: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="112" />
        <source>已查到 {0} 种</source>
        <translation>Found: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="154" />
        <source>联网后自动再查</source>
        <translation>Will be asked when online</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="154" />
        <source>可以先填表、收材料。</source>
        <translation>Go on with the form and the papers.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="169" />
        <source>共享数据已查到</source>
        <translation>Shared data found</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="169" />
        <source>按 Ctrl+D 采用。</source>
        <translation>Ctrl+D takes it over.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="179" />
        <source>填入 {0} 项</source>
        <translation>{0} fields filled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="182" />
        <source>免交 {0} 份：{1}</source>
        <translation>{0} papers spared: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="279" />
        <location filename="../../app/presenters/shared_data.py" line="184" />
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="188" />
        <source>已采用，还有 {0} 项与原来的不一致：{1}</source>
        <translation>Taken over; {0} disagree with what stood there: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="189" />
        <source>光标已在这一项，Ctrl+1、Ctrl+2 选定。</source>
        <translation>The cursor is there; choose with Ctrl+1, Ctrl+2.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="192" />
        <source>共享数据已采用</source>
        <translation>Shared data taken over</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="255" />
        <source>免交 {0}</source>
        <translation>spares {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="257" />
        <source>选交的材料，要查请勾选</source>
        <translation>an optional paper: tick to ask</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="260" />
        <source>填 {0}</source>
        <translation>fills {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="263" />
        <source>定能否容缺 {0}</source>
        <translation>decides whether this may follow later: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="265" />
        <source>待查询</source>
        <translation>to ask</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="268" />
        <source>查询中</source>
        <translation>asking</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="274" />
        <source>没有查</source>
        <translation>not asked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="295" />
        <source>请收取材料</source>
        <translation>Take the paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="301" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="308" />
        <source>有效期至 {0}</source>
        <translation>Valid until {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/shared_data.py" line="315" />
        <source>与表中不一致：{0}</source>
        <translation>Differs from the form: {0}</translation>
    </message>
</context><context>
    <name>Sheet</name>
    <message>
        <location filename="../../widgets/sheets.py" line="24" />
        <source>第 {0} 页</source>
        <translation>Page {0}</translation>
    </message>
</context><context>
    <name>SheetColumn</name>
    <message>
        <location filename="../../widgets/sheets.py" line="48" />
        <source>要签字的文书</source>
        <translation>The paper to be signed</translation>
    </message>
</context><context>
    <name>SignHereDialog</name>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="46" />
        <source>确认签字 Enter</source>
        <translation>Confirm Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="47" />
        <source>不签字 Esc</source>
        <translation>Do not sign Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="48" />
        <source>不会写字，按指纹 F</source>
        <translation>Cannot write: fingerprint F</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="51" />
        <source>请签字</source>
        <translation>Please sign</translation>
    </message>
</context><context>
    <name>SignInDialog</name>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="85" />
        <source>窗口人员</source>
        <translation>Clerks</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="87" />
        <source>工号</source>
        <translation>Staff number</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="88" />
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="89" />
        <source>恢复码</source>
        <translation>Recovery code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="90" />
        <source>7 组，每组 5 位，照纸上输入</source>
        <translation>7 groups of 5, as on the paper</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="91" />
        <source>原口令</source>
        <translation>Old PIN</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="297" />
        <location filename="../../widgets/dialogs/sign_in.py" line="172" />
        <location filename="../../widgets/dialogs/sign_in.py" line="92" />
        <source>口令</source>
        <translation>PIN</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="93" />
        <source>再输一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="112" />
        <source>退出程序</source>
        <translation>Quit</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="114" />
        <source>换人登录 F2</source>
        <translation>Somebody else  F2</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="131" />
        <source>登记第一位窗口人员</source>
        <translation>Register the first clerk</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="132" />
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="133" />
        <source>屏幕已锁定</source>
        <translation>Screen locked</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="134" />
        <source>设定自己的口令</source>
        <translation>Choose your own PIN</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="135" />
        <source>用恢复码登录</source>
        <translation>Sign in with the recovery code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="139" />
        <source>第一位是窗口负责人，可以登记其他人员</source>
        <translation>The first one manages the window and may register others</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="142" />
        <source>{0}，口令由负责人代设，请换成自己的</source>
        <translation>{0}: your PIN was set by a manager; choose your own</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="143" />
        <source>选定要重设口令的人员，一般是窗口负责人</source>
        <translation>Choose who gets a new PIN, usually the manager</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="146" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="151" />
        <source>{0}　工号 {1}</source>
        <translation>{0}  (staff number {1})</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="170" />
        <source>6–12 位数字</source>
        <translation>6–12 digits</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="172" />
        <source>新口令</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="173" />
        <source>登记 Enter</source>
        <translation>Register  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="173" />
        <source>保存 Enter</source>
        <translation>Save  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="173" />
        <source>登录 Enter</source>
        <translation>Sign in  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="174" />
        <source>解锁 Enter</source>
        <translation>Unlock  Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="179" />
        <source>返回 F4</source>
        <translation>Back  F4</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="179" />
        <source>恢复码 F4</source>
        <translation>Recovery code  F4</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="241" />
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="286" />
        <source>{0}，输入钥匙口令回到原来的画面</source>
        <translation>{0}: the key's PIN brings you back to where you were</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="287" />
        <source>{0}，输入口令回到原来的画面</source>
        <translation>{0}: your PIN brings you back to where you were</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="294" />
        <source>改用口令 F4</source>
        <translation>Use PIN  F4</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="294" />
        <source>改用钥匙 F4</source>
        <translation>Use key  F4</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_in.py" line="297" />
        <source>钥匙口令</source>
        <translation>Key PIN</translation>
    </message>
</context><context>
    <name>SignPage</name>
    <message>
        <location filename="../../widgets/customer/signing.py" line="91" />
        <location filename="../../widgets/customer/signing.py" line="64" />
        <location filename="../../widgets/customer/signing.py" line="63" />
        <source>请签字</source>
        <translation>Please sign</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/signing.py" line="67" />
        <source>不签字</source>
        <translation>Do not sign</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/signing.py" line="68" />
        <source>确认签字</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/signing.py" line="91" />
        <source>请签字：{0}</source>
        <translation>Please sign: {0}</translation>
    </message>
</context><context>
    <name>SignWaitDialog</name>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="115" />
        <source>等待按指纹：{0}</source>
        <translation>Waiting for a finger: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="115" />
        <source>按好后自动继续</source>
        <translation>Goes on by itself once pressed</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="117" />
        <source>等待签字：{0}</source>
        <translation>Waiting for the signature: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="117" />
        <source>签好后自动继续</source>
        <translation>Goes on by itself once signed</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="125" />
        <source>再按一次 F</source>
        <translation>Once more F</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="125" />
        <source>不会写字，按指纹 F</source>
        <translation>Cannot write: fingerprint F</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="134" />
        <source>只用签字 Esc</source>
        <translation>Signature alone Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/sign_here.py" line="134" />
        <source>不等了 Esc</source>
        <translation>Stop waiting Esc</translation>
    </message>
</context><context>
    <name>SignatureCheckPresenter</name>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="50" />
        <source>指纹</source>
        <translation>fingerprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="50" />
        <source>签字</source>
        <translation>signature</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="51" />
        <source>{0}有效：{1} 确认的内容没有改动。</source>
        <translation>The {0} stands: what was confirmed at {1} was not changed.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="53" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="54" />
        <source>等 {0} 项</source>
        <translation> and others, {0} in all</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="55" />
        <source>确认（{0}）以后改动过：{1}{2}。改动须由申请人重新确认。</source>
        <translation>Changed since it was confirmed ({0}): {1}{2}. The applicant has to confirm the changes anew.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="59" />
        <source>签字文件不是当时保存的那一份，不能采用。请报告负责人。</source>
        <translation>The signature's file is not the one that was kept then; do not rely on it. Tell your manager.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="61" />
        <source>签字文件已按规定清除，或者打不开。请到平台调取。</source>
        <translation>The signature's file was cleared in its time, or cannot be opened. Ask the platform for it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="63" />
        <source>签字（{0}）保存完好；旧版本没有逐项记录所签的内容，不能比对。</source>
        <translation>The signature ({0}) is whole; the older version kept no list of what was signed, so nothing can be compared.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signature_check.py" line="64" />
        <source>这个办件没有在屏上签字或按指纹。</source>
        <translation>This case was not signed on the screen, nor by finger.</translation>
    </message>
</context><context>
    <name>SignaturePad</name>
    <message>
        <location filename="../../widgets/customer/pad.py" line="48" />
        <source>签字处</source>
        <translation>Signature</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/pad.py" line="237" />
        <source>请在此处签名</source>
        <translation>Please sign here</translation>
    </message>
</context><context>
    <name>SigningDialog</name>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="30" />
        <source>等待群众确认签字</source>
        <translation>Waiting for the citizen’s signature</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="30" />
        <source>签好后自动受理打印</source>
        <translation>Accepted and printed as soon as it is signed</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="34" />
        <source>不会写字，按指纹 F</source>
        <translation>Cannot write: fingerprint F</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="43" />
        <source>不在屏上签字，原因是：</source>
        <translation>No signature on the screen, because:</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="56" />
        <source>其他原因</source>
        <translation>Another reason</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="57" />
        <source>其他原因，写好按 Enter</source>
        <translation>Another reason; press Enter when written</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/signing.py" line="65" />
        <source>返回 Esc</source>
        <translation>Back Esc</translation>
    </message>
</context><context>
    <name>SigningPanel</name>
    <message>
        <location filename="../../widgets/customer/signing.py" line="26" />
        <source>撤销一笔</source>
        <translation>Undo stroke</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/signing.py" line="27" />
        <source>恢复一笔</source>
        <translation>Redo stroke</translation>
    </message>
    <message>
        <location filename="../../widgets/customer/signing.py" line="28" />
        <source>重签</source>
        <translation>Sign again</translation>
    </message>
</context><context>
    <name>SigningPresenter</name>
    <message>
        <location filename="../../app/presenters/signing.py" line="112" />
        <source>请当事人看过下面的文书，在签字板上签字。</source>
        <translation>Have the person read the paper below and sign on the pad.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="112" />
        <source>请当事人在签字板上签字。</source>
        <translation>Ask the person to sign on the pad.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="142" />
        <source>没有采到指纹：{0}。可以再按一次，也可以签字。</source>
        <translation>No fingerprint taken: {0}. Press once more, or sign.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="144" />
        <source>没有采到指纹：{0}。可以再按一次，也可以只用签字（Esc）。</source>
        <translation>No fingerprint taken: {0}. Press once more, or leave it at the signature (Esc).</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="159" />
        <source>请当事人看清文书，把手指平放在指纹仪上…</source>
        <translation>The person reads the paper and lays a finger flat on the reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="165" />
        <source>已经签字。请当事人再按指纹。</source>
        <translation>Signed. Now the person presses a finger.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="225" />
        <source>请当事人在群众屏上签字。</source>
        <translation>Ask the person to sign on the citizen's screen.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="272" />
        <source>这块签字板只给出图片，不能签在文书上</source>
        <translation>This pad gives only a picture, which cannot be set on a paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="274" />
        <source>笔迹太短或者太少，不是完整的签名</source>
        <translation>too short or too few strokes for a signature</translation>
    </message>
    <message>
        <location filename="../../app/presenters/signing.py" line="275" />
        <source>没有取得签字：{0}。可以再请当事人签字，或打印后手写签字。</source>
        <translation>No signature: {0}. Ask again, or have the print signed by hand.</translation>
    </message>
</context><context>
    <name>SourceMark</name>
    <message>
        <location filename="../../widgets/sources.py" line="80" />
        <location filename="../../widgets/sources.py" line="70" />
        <source>尚无来源</source>
        <translation>No source yet</translation>
    </message>
</context><context>
    <name>Sources</name>
    <message>
        <location filename="../../widgets/sources.py" line="20" />
        <source>证</source>
        <translation>ID</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="21" />
        <source>查</source>
        <translation>Q</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="22" />
        <source>照</source>
        <translation>L</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="23" />
        <source>档</source>
        <translation>C</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="24" />
        <source>约</source>
        <translation>B</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="25" />
        <source>备</source>
        <translation>P</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="26" />
        <source>识</source>
        <translation>R</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="27" />
        <source>手</source>
        <translation>T</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="28" />
        <source>推</source>
        <translation>∴</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="29" />
        <source>默</source>
        <translation>D</translation>
    </message>
</context><context>
    <name>StartPage</name>
    <message>
        <location filename="../../widgets/self_service/start.py" line="26" />
        <location filename="../../widgets/self_service/start.py" line="24" />
        <source>自助服务</source>
        <translation>Self-service</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="27" />
        <source>放身份证　选事项　填几个空　拍材料　签字</source>
        <translation>ID card · business · a few questions · papers · signature</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="28" />
        <source>填好后到窗口核对受理，不用再从头填</source>
        <translation>A clerk checks and accepts it; nothing is filled in twice</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="29" />
        <source>开始办理</source>
        <translation>Start</translation>
    </message>
    <message>
        <location filename="../../widgets/self_service/start.py" line="31" />
        <source>领取办理结果</source>
        <translation>Collect a result</translation>
    </message>
</context><context>
    <name>StatusBar</name>
    <message>
        <location filename="../../widgets/status.py" line="34" />
        <source>状态栏</source>
        <translation>Status bar</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="92" />
        <source>在线</source>
        <translation>Online</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="93" />
        <source>离线，可照常受理</source>
        <translation>Offline, accepting goes on</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="94" />
        <source>网络要先登录</source>
        <translation>The network wants a sign-in</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="95" />
        <source>正在检查连接</source>
        <translation>Checking the connection</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="105" />
        <source>待传 {0}</source>
        <translation>Waiting {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="105" />
        <source>全部已上传</source>
        <translation>All sent</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="107" />
        <source> · 需处理 {0}</source>
        <translation> · to settle {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="109" />
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="116" />
        <source>消息 {0}</source>
        <translation>Messages {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="116" />
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="118" />
        <source>{0} 条未读消息</source>
        <translation>Unread messages: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="123" />
        <source>更正待核对 {0}</source>
        <translation>{0} to settle</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="138" />
        <source>打印待确认 {0}</source>
        <translation>{0} prints to confirm</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="140" />
        <source>打印未放行 {0}</source>
        <translation>{0} prints held back</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="142" />
        <source>等打印机 {0}</source>
        <translation>{0} wait for a printer</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="142" />
        <source>打印中 {0}</source>
        <translation>Printing {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/status.py" line="155" />
        <source>群众屏：{0}</source>
        <translation>Citizen: {0}</translation>
    </message>
</context><context>
    <name>StatusPresenter</name>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="30" />
        <source>读卡器</source>
        <translation>ID reader</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="31" />
        <source>护照阅读机</source>
        <translation>Passport reader</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="32" />
        <source>社保卡读卡器</source>
        <translation>Social-security card reader</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="33" />
        <source>PSAM 卡</source>
        <translation>PSAM</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="34" />
        <source>指纹仪</source>
        <translation>Fingerprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="35" />
        <source>人像摄像头</source>
        <translation>Portrait camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="36" />
        <source>人脸摄像头</source>
        <translation>Face camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="37" />
        <source>高拍仪</source>
        <translation>Document camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="38" />
        <source>高拍仪副头</source>
        <translation>Side camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="39" />
        <source>扫描仪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="40" />
        <source>签字板</source>
        <translation>Signature pad</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="41" />
        <source>扫码摄像头</source>
        <translation>Code camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="42" />
        <source>扫码枪</source>
        <translation>Code scanner</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="43" />
        <source>密码键盘</source>
        <translation>PIN pad</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="44" />
        <source>凭条打印机</source>
        <translation>Receipt printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="45" />
        <source>备用凭条打印机</source>
        <translation>Second receipt printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="46" />
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="47" />
        <source>备用打印机</source>
        <translation>Second printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="48" />
        <source>证卡打印机</source>
        <translation>Card printer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="49" />
        <source>评价器</source>
        <translation>Rating device</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="50" />
        <source>客显屏</source>
        <translation>Customer display</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="51" />
        <source>叫号器</source>
        <translation>Queue caller</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="52" />
        <source>POS 机</source>
        <translation>Card terminal</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="53" />
        <source>扫码收款机</source>
        <translation>Payment-code terminal</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="54" />
        <source>人员钥匙</source>
        <translation>Clerk's key</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="57" />
        <source>证件识读</source>
        <translation>Identity</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="58" />
        <source>生物识别</source>
        <translation>Biometrics</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="59" />
        <source>影像采集</source>
        <translation>Imaging</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="60" />
        <source>录入签字</source>
        <translation>Entry</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="61" />
        <source>打印输出</source>
        <translation>Printing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="62" />
        <source>互动评价</source>
        <translation>Interaction</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="63" />
        <source>缴费</source>
        <translation>Payment</translation>
    </message>
    <message>
        <location filename="../../app/presenters/screen_devices.py" line="64" />
        <source>窗口人员</source>
        <translation>Clerks</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="59" />
        <source>检查中</source>
        <translation>checking</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="117" />
        <source>{0} 起</source>
        <translation>since {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/status.py" line="117" />
        <source>{0} 起，可继续受理</source>
        <translation>since {0}</translation>
    </message>
</context><context>
    <name>StepButton</name>
    <message>
        <location filename="../../widgets/header.py" line="38" />
        <location filename="../../widgets/header.py" line="29" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
</context><context>
    <name>TableEditor</name>
    <message>
        <location filename="../../widgets/table_editor.py" line="62" />
        <source>从文件导入 Ctrl+O</source>
        <translation>Import from a file  Ctrl+O</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="215" />
        <location filename="../../widgets/table_editor.py" line="120" />
        <source>{0} 行</source>
        <translation>{0} rows</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="185" />
        <source>已删除 {0} 行，Ctrl+Z 恢复</source>
        <translation>{0} rows deleted; Ctrl+Z brings them back</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="190" />
        <source>已粘贴 {0} 行，Ctrl+Z 撤回</source>
        <translation>{0} rows pasted; Ctrl+Z takes them back</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="203" />
        <source>第 {0} 行：{1}</source>
        <translation>Row {0}: {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="206" />
        <source>（另有 {0} 处）</source>
        <translation> (and {0} more)</translation>
    </message>
    <message>
        <location filename="../../widgets/table_editor.py" line="212" />
        <source>Enter 下一格　Ctrl+Enter 加行　Ctrl+Delete 删行　Ctrl+' 同上　Ctrl+V 粘贴表格</source>
        <translation>Enter next cell  Ctrl+Enter add row  Ctrl+Delete remove  Ctrl+' as above  Ctrl+V paste</translation>
    </message>
</context><context>
    <name>Talk</name>
    <message>
        <location filename="../../app/presenters/talk.py" line="81" />
        <source>已受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="81" />
        <source>谢谢，请慢走</source>
        <translation>Thank you</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="83" />
        <source>欢迎光临</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="83" />
        <source>暂停服务</source>
        <translation>Closed for now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="85" />
        <source>正在办理</source>
        <translation>In progress</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="85" />
        <source>请稍候</source>
        <translation>Please wait</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="89" />
        <source>应收</source>
        <translation>Due</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="89" />
        <source>{0} 元</source>
        <translation>{0} yuan</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="95" />
        <source>请 {0} 号</source>
        <translation>Number {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/talk.py" line="95" />
        <source>到 {0} 号窗口</source>
        <translation>to counter {0}</translation>
    </message>
</context><context>
    <name>TextsDialog</name>
    <message>
        <location filename="../../widgets/dialogs/texts.py" line="55" />
        <location filename="../../widgets/dialogs/texts.py" line="54" />
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/texts.py" line="56" />
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/texts.py" line="74" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/texts.py" line="110" />
        <source>没有找到。</source>
        <translation>Nothing found.</translation>
    </message>
</context><context>
    <name>Tile</name>
    <message>
        <location filename="../../widgets/self_service/choose.py" line="51" />
        <source>已选</source>
        <translation>Chosen</translation>
    </message>
</context><context>
    <name>TrailDialog</name>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="29" />
        <source>{0} · 来源</source>
        <translation>{0} · sources</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="34" />
        <source>{0} 个来源说到这一项</source>
        <translation>{0} sources speak of this field</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="34" />
        <source>还没有来源说到这一项</source>
        <translation>No source speaks of this field yet</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="52" />
        <source>未写理由</source>
        <translation>none given</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="53" />
        <source>窗口已选定。理由：{0}</source>
        <translation>Chosen at the window. Reason: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="54" />
        <source>关闭 Esc</source>
        <translation>Close  Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="56" />
        <source>重新选择 R</source>
        <translation>Choose anew  R</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="68" />
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/trail.py" line="72" />
        <source>采用</source>
        <translation>In force</translation>
    </message>
</context><context>
    <name>Training</name>
    <message>
        <location filename="../../app/presenters/training_words.py" line="25" />
        <source>自由练习</source>
        <translation>Free practice</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="26" />
        <source>没有提示，不计成绩；随便试，接着上次的练习数据。</source>
        <translation>No hints, no score; try what you like, on the data of last time.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="39" />
        <source>{0} 步</source>
        <translation>{0} steps</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="41" />
        <source> · 约 {0} 分钟</source>
        <translation> · about {0} min</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="44" />
        <source>故障演练</source>
        <translation>Fault drill</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="46" />
        <source>自编</source>
        <translation>Own</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="52" />
        <source>上次 {0} 分 {1}　{2}</source>
        <translation>Last: {0} points {1}   {2}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="55" />
        <source>上次做到第 {0} 步　{1}</source>
        <translation>Last: up to step {0}   {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="70" />
        <source>课程文件 {0} 不能用：{1}</source>
        <translation>Lesson file {0} cannot be used: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="80" />
        <source>做到第 {0} 步，共 {1} 步。</source>
        <translation>Did {0} of {1} steps.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="83" />
        <source>很熟练，可以上岗。</source>
        <translation>Fluent: ready for the counter.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="85" />
        <source>基本会了，再练一次会更稳。</source>
        <translation>Nearly there; once more will make it steady.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="87" />
        <source>还要再练，先带着提示做一遍。</source>
        <translation>More practice needed; do it once with hints.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="89" />
        <source>看了演示</source>
        <translation>Had it shown</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="90" />
        <source>自己做一遍，不看演示</source>
        <translation>Do it without having it shown</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="93" />
        <source>{0}：成绩</source>
        <translation>{0}: score</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="107" />
        <source>{0} 分 {1} 秒</source>
        <translation>{0} min {1} s</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="109" />
        <source>（目标 {0} 分钟）</source>
        <translation> (target {0} min)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="111" />
        <source>，超时扣 {0} 分</source>
        <translation>, {0} points off for time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="112" />
        <source>有提示的练习</source>
        <translation>Practice with hints</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="112" />
        <source>考核，不带提示</source>
        <translation>Exam without hints</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="114" />
        <source>学员</source>
        <translation>Learner</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="114" />
        <source>未填</source>
        <translation>not given</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="115" />
        <source>方式</source>
        <translation>Way</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="116" />
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="116" />
        <source>{0}/{1} 步</source>
        <translation>{0} of {1} steps</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training_words.py" line="117" />
        <source>用时</source>
        <translation>Time</translation>
    </message>
</context><context>
    <name>TrainingRoom</name>
    <message>
        <location filename="../../app/presenters/training.py" line="118" />
        <source>正在准备“{0}”…
第一次使用要先生成演示画面，请稍等。</source>
        <translation>Preparing “{0}” …
The first time the demo pictures are made, which takes a while.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="149" />
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="154" />
        <source>照平常办一遍，做完按“停止录制”；请用虚构的内容。</source>
        <translation>Work as usual, then press “Stop recording”; use made-up content.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="155" />
        <source>正在录制</source>
        <translation>Recording</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="155" />
        <source>停止录制</source>
        <translation>Stop recording</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="203" />
        <source>正在收起…</source>
        <translation>Closing …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="300" />
        <location filename="../../app/presenters/training.py" line="295" />
        <source>练习成绩.csv</source>
        <translation>scores.csv</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="305" />
        <source>练习成绩单.pdf</source>
        <translation>score.pdf</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="308" />
        <source>保存成绩</source>
        <translation>Save scores</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="318" />
        <source>成绩没有导出</source>
        <translation>The scores were not exported</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="318" />
        <source>请换一个位置再试。</source>
        <translation>Try another place.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/training.py" line="321" />
        <source>已保存 {0}</source>
        <translation>Saved {0}</translation>
    </message>
</context><context>
    <name>TuckedLine</name>
    <message>
        <location filename="../../widgets/tucked.py" line="37" />
        <source>已有 {0} 项，来自{1}</source>
        <translation>{0} known already, from {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/tucked.py" line="37" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../widgets/tucked.py" line="39" />
        <source>收起 Alt+Z</source>
        <translation>Fold Alt+Z</translation>
    </message>
    <message>
        <location filename="../../widgets/tucked.py" line="39" />
        <source>展开 Alt+Z</source>
        <translation>Show Alt+Z</translation>
    </message>
    <message>
        <location filename="../../widgets/tucked.py" line="42" />
        <source>光标不动；F5 和 Enter 只走还空着的</source>
        <translation>The cursor stays; F5 and Enter go to empty fields only</translation>
    </message>
</context><context>
    <name>TuningPopup</name>
    <message>
        <location filename="../../widgets/tuning.py" line="93" />
        <source>亮度</source>
        <translation>Light</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="94" />
        <source>暗</source>
        <translation>dark</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="94" />
        <source>亮</source>
        <translation>bright</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="99" />
        <source>对焦</source>
        <translation>Focus</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="99" />
        <source>远</source>
        <translation>far</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="99" />
        <source>近</source>
        <translation>near</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="114" />
        <location filename="../../widgets/tuning.py" line="112" />
        <source>自动 A</source>
        <translation>Auto A</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="113" />
        <source>亮度自动</source>
        <translation>Light automatic</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="115" />
        <source>对焦自动</source>
        <translation>Focus automatic</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="116" />
        <source>这个摄像头的亮度和对焦由它自己调节。</source>
        <translation>This camera sets its light and focus by itself.</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="117" />
        <source>↑↓ 换行　←→ 调节　A 自动　Esc 关闭；本机记住每台摄像头</source>
        <translation>↑↓ line　←→ change　A auto　Esc close; kept for each camera</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="130" />
        <source>画面调节：{0}</source>
        <translation>Adjust picture: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="187" />
        <source>镜头</source>
        <translation>Head</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="189" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="233" />
        <source>{0:+.2f} 档</source>
        <translation>{0:+.2f} stops</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="235" />
        <source>{0}%</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="237" />
        <source>+0.00 档</source>
        <translation>+0.00 stops</translation>
    </message>
    <message>
        <location filename="../../widgets/tuning.py" line="238" />
        <source>自动</source>
        <translation>Automatic</translation>
    </message>
</context><context>
    <name>UndoPresenter</name>
    <message>
        <location filename="../../app/presenters/undo.py" line="36" />
        <source>已撤销：{0}</source>
        <translation>Taken back: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/undo.py" line="36" />
        <source>按 Ctrl+Y 恢复。</source>
        <translation>Ctrl+Y does it again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/undo.py" line="43" />
        <source>已恢复：{0}</source>
        <translation>Done again: {0}</translation>
    </message>
</context><context>
    <name>UpkeepPresenter</name>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="101" />
        <source>正在检查更新</source>
        <translation>Looking for a new version</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="156" />
        <location filename="../../app/presenters/upkeep.py" line="107" />
        <source>新版本 {0} 已备好</source>
        <translation>Version {0} is ready</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="108" />
        <source>现在有来访者正在办理，不会重新打开。</source>
        <translation>A visitor is being served, so Yichuang stays open.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="109" />
        <source>办完（F12）或挂起（Ctrl+P）之后再按 Ctrl+Shift+Q。</source>
        <translation>Finish (F12) or park (Ctrl+P) the visit, then press Ctrl+Shift+Q.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="114" />
        <source>启用新版本 {0}</source>
        <translation>Use version {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="115" />
        <source>“一窗”会关闭，约半分钟后以新版本打开；打不开时自动恢复现在的版本。</source>
        <translation>Yichuang closes and opens with the new version in about half a minute; should that fail, the present one comes back by itself.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="116" />
        <source>现在重新打开</source>
        <translation>Reopen now</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="117" />
        <source>以后再说</source>
        <translation>Later</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="142" />
        <source>有新版本 {0}</source>
        <translation>There is a version {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="144" />
        <source>请联系管理员用系统软件包更新。</source>
        <translation>Ask the administrator to update the system's package.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="149" />
        <source>没有更新</source>
        <translation>No update</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="149" />
        <source>现在就是最新的版本，或者暂时连不上平台。</source>
        <translation>This is the newest version, or the platform cannot be reached just now.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="158" />
        <source>按 Ctrl+Shift+Q 重新打开启用；不按也会在下次打开时启用。</source>
        <translation>Ctrl+Shift+Q reopens with it; otherwise it is used when Yichuang is opened the next time.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="181" />
        <source>新版本 {0} 没有启用</source>
        <translation>Version {0} was not taken</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="182" />
        <source>它在本机不能正常启动，已自动恢复原来的版本，数据没有损失。</source>
        <translation>It could not start on this machine; the former version is back, and no data was lost.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="183" />
        <source>照常办理即可，请告知管理员。</source>
        <translation>Work on as usual, and tell the administrator.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="194" />
        <source>不发送 Alt+N</source>
        <translation>Do not send Alt+N</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="195" />
        <source>发送 Alt+S</source>
        <translation>Send Alt+S</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="197" />
        <source>左边是将要发送的全部内容，已去掉个人信息；不发送的只留在本机</source>
        <translation>This is all that would be sent, without personal data; what is not sent stays on this machine</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="198" />
        <source>上次出现了故障，发送报告帮助改进吗？</source>
        <translation>Something went wrong the last time. Send a report to help mend it?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="218" />
        <source>下次登录时会再问。</source>
        <translation>You will be asked again at the next sign-in.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="219" />
        <source>故障报告没有发出</source>
        <translation>The report was not sent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="221" />
        <source>故障报告已发送，谢谢</source>
        <translation>The report was sent. Thank you</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="232" />
        <source>正在整理支持信息</source>
        <translation>Gathering what support needs</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="238" />
        <source>保存 Ctrl+S</source>
        <translation>Save Ctrl+S</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="239" />
        <source>给技术支持看的，已去掉个人信息；请先看一遍再保存，程序不会自己发送</source>
        <translation>For technical support, without personal data; look through it before saving. Nothing is sent by itself</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="240" />
        <source>支持信息</source>
        <translation>Support bundle</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="252" />
        <source>保存支持信息</source>
        <translation>Save the support bundle</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="276" />
        <source>已保存：{0}</source>
        <translation>Saved: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="287" />
        <source>关于“一窗”</source>
        <translation>About Yichuang</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upkeep.py" line="287" />
        <source>版本、许可，以及用到的其他作品</source>
        <translation>Version, licence, and the other works in it</translation>
    </message>
</context><context>
    <name>Verdicts</name>
    <message>
        <location filename="../../widgets/sources.py" line="37" />
        <source>芯片读取</source>
        <translation>read from the chip</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="38" />
        <source>联网核验通过</source>
        <translation>verified online</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="39" />
        <source>签名有效（离线核验）</source>
        <translation>signature valid (checked offline)</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="40" />
        <source>未核验</source>
        <translation>not verified</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="41" />
        <source>当事人陈述或窗口录入</source>
        <translation>stated or typed at the counter</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="42" />
        <source>已过期</source>
        <translation>expired</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="43" />
        <source>已注销</source>
        <translation>revoked</translation>
    </message>
    <message>
        <location filename="../../widgets/sources.py" line="44" />
        <source>无效</source>
        <translation>invalid</translation>
    </message>
</context><context>
    <name>VerifyPaperDialog</name>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="30" />
        <location filename="../../widgets/dialogs/verify_paper.py" line="29" />
        <source>核验文书</source>
        <translation>Verify a paper</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="30" />
        <source>核对是不是窗口出具的、有没有改动，不联网也能核验</source>
        <translation>Did a window issue it, and is it unaltered? Works offline</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="36" />
        <location filename="../../widgets/dialogs/verify_paper.py" line="33" />
        <source>防伪码内容</source>
        <translation>Text of the code</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="37" />
        <source>用扫码枪扫纸上的防伪码，或者粘贴内容</source>
        <translation>Scan the code on the paper with the scanner, or paste its text</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="41" />
        <source>清除</source>
        <translation>Clear</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="43" />
        <source>核验 Enter</source>
        <translation>Verify Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="67" />
        <source>核验结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="72" />
        <source>选 PDF 文件 Alt+O</source>
        <translation>Choose a PDF Alt+O</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="75" />
        <source>用摄像头扫 Alt+S</source>
        <translation>Scan with the camera Alt+S</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="78" />
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="88" />
        <source>PDF 文书逐字比对；纸质文书扫防伪码，所示内容与纸面逐项核对。</source>
        <translation>A PDF is compared character by character; of a printed paper scan the code and compare what it says with the paper.</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="94" />
        <source>正在核验…</source>
        <translation>Verifying…</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/verify_paper.py" line="105" />
        <source>改动处</source>
        <translation>Altered</translation>
    </message>
</context><context>
    <name>VerifyPapersPresenter</name>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="61" />
        <source>选择要核验的文书</source>
        <translation>Choose the paper to verify</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="61" />
        <source>PDF 文书 (*.pdf)</source>
        <translation>PDF papers (*.pdf)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="98" />
        <source>不能确认由窗口出具</source>
        <translation>Not confirmed as issued by a window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="103" />
        <source>以下为出具时的内容，请以此为准；改动过的文书不要采用。</source>
        <translation>Below is what was issued; go by that, and do not accept the altered paper.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="105" />
        <source>窗口出具，但已被改动</source>
        <translation>Issued by a window, but altered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="107" />
        <source>由本窗口的密钥签发，密钥还没有经平台认证。</source>
        <translation>Signed with this window's key, which the platform has not certified yet.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="109" />
        <source>请与纸面逐项核对，有一处不同即为改动过。</source>
        <translation>Compare with the paper item by item; any difference means that it was altered. </translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="110" />
        <source>防伪码有效</source>
        <translation>The code is genuine</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="111" />
        <source>窗口出具，未经改动</source>
        <translation>Issued by a window, unaltered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="124" />
        <source>请不要采用，并报告负责人；需要时请当事人重新签字。</source>
        <translation>Do not accept it, and tell your manager; where needed, have the person sign anew.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="125" />
        <source>文书的指纹不成立</source>
        <translation>The fingerprint under the paper does not stand</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="125" />
        <source>文书的签字不成立</source>
        <translation>The signature under the paper does not stand</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="130" />
        <source>签字</source>
        <translation>Signature</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="131" />
        <source>签字、指纹</source>
        <translation>Signature, fingerprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="131" />
        <source>指纹</source>
        <translation>Fingerprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="137" />
        <source>有效：{0} 在本机看过这份文书后所按，指纹质量 {1} 分</source>
        <translation>holds: pressed here on {0} after this paper was read, quality {1} of 100</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="139" />
        <source>有效：{0} 在本机看过这份文书后所签</source>
        <translation>holds: given here at {0}, this paper having been shown</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="141" />
        <source>文件不是当事人（{0}）看过、签过的那一份</source>
        <translation>the file is not the one that the person saw and signed ({0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="143" />
        <source>签字或指纹是给另一份文书的</source>
        <translation>it was given for another paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="145" />
        <source>笔迹被改动过，不是当事人（{0}）签下的</source>
        <translation>its strokes were changed; they are not those of {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="147" />
        <source>指纹文件被改动过，不是当事人（{0}）按下的</source>
        <translation>the fingerprint's file was changed; it is not what the person gave ({0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="149" />
        <source>签于 {0}；签字文件已按规定清除，或者打不开</source>
        <translation>given at {0}; its file was cleared in its time, or cannot be opened</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="153" />
        <source>签发窗口的密钥已被吊销（如设备失窃）。请凭编号到平台查询，不要只凭这份文书办理。</source>
        <translation>The key of the window that signed it was revoked (a stolen device, for instance). Ask the platform by its number; do not act on this paper alone.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="154" />
        <source>标注的出具时间不在签发密钥的有效期内。请凭编号到平台查询，不要只凭这份文书办理。</source>
        <translation>The time of issue on it lies outside the period of the key that signed it. Ask the platform by its number; do not act on this paper alone.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="161" />
        <source>文书</source>
        <translation>Paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="162" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="163" />
        <source>事由</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="164" />
        <source>出具</source>
        <translation>Issued</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="169" />
        <source>事项</source>
        <translation>Items</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="169" />
        <source>{0} 项：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="171" />
        <source>材料</source>
        <translation>Materials</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="171" />
        <source>{0} 项</source>
        <translation>{0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="173" />
        <source>要点</source>
        <translation>Main point</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="175" />
        <source>微缩文字</source>
        <translation>Micro-text</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="177" />
        <source>补打</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="177" />
        <source>第 {0} 次</source>
        <translation>No. {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="179" />
        <source>性质</source>
        <translation>Nature</translation>
    </message>
    <message>
        <location filename="../../app/presenters/verify_papers.py" line="179" />
        <source>演示文书，不具法律效力</source>
        <translation>A demo paper without legal effect</translation>
    </message>
</context><context>
    <name>Watermark</name>
    <message>
        <location filename="../../widgets/watermark.py" line="18" />
        <source>水印</source>
        <translation>Watermark</translation>
    </message>
    <message>
        <location filename="../../widgets/watermark.py" line="40" />
        <source>演示 · 不得用于真实业务</source>
        <translation>Demo · not for real cases</translation>
    </message>
</context><context>
    <name>WhoPanel</name>
    <message>
        <location filename="../../widgets/who.py" line="145" />
        <source>来访人</source>
        <translation>Visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="171" />
        <source>等待来访人</source>
        <translation>Waiting for a visitor</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="308" />
        <location filename="../../widgets/who.py" line="174" />
        <source>请来访人出示证件</source>
        <translation>Ask the visitor for an ID</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="311" />
        <location filename="../../widgets/who.py" line="175" />
        <source>护照、通行证按 Shift+F2</source>
        <translation>Passport: Shift+F2</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="184" />
        <source>读居民身份证</source>
        <translation>Read an ID card</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="185" />
        <source>扫手机电子证照</source>
        <translation>Scan an e-licence</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="186" />
        <source>先选要办的事项</source>
        <translation>Choose the items first</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="191" />
        <source>拍照识别证件</source>
        <translation>Card by camera</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="192" />
        <source>读卡器不能用：用高拍仪拍身份证、居住证、通行证，识别后核对 Ctrl+Shift+F2</source>
        <translation>The reader cannot be used: take cards and permits with the document camera, then compare Ctrl+Shift+F2</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="239" />
        <source>来访人和证照</source>
        <translation>Visitor and licences</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="269" />
        <source>号码</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="270" />
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="271" />
        <source>出生</source>
        <translation>Born</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="272" />
        <source>有效期</source>
        <translation>Valid</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="273" />
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="311" />
        <source>正在等待，按 Esc 取消</source>
        <translation>Waiting. Esc cancels</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="328" />
        <source>电子证照 {0}</source>
        <translation>E-licences: {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="351" />
        <source>身份尚未确认</source>
        <translation>Identity not confirmed</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="354" />
        <source>尚未读证件</source>
        <translation>No ID read yet</translation>
    </message>
    <message>
        <location filename="../../widgets/who.py" line="355" />
        <source>按 F2 读证件，核对是否同一人</source>
        <translation>Press F2 to read an ID and compare</translation>
    </message>
</context><context>
    <name>WhoPresenter</name>
    <message>
        <location filename="../../app/presenters/who.py" line="30" />
        <source>请把证件平放在读卡器上，再按 F2。</source>
        <translation>Lay the ID flat on the reader and press F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="31" />
        <source>请拿起证件重新放好；仍读不出请用高拍仪拍摄。</source>
        <translation>Lift the ID and place it again; if it still fails, capture it with the document camera.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="32" />
        <source>请检查读卡器的电源和连线，再按 F2。</source>
        <translation>Check the reader's power and cable, then press F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="33" />
        <source>请检查读卡器的连线；插好后几秒内会自动恢复。</source>
        <translation>Check the reader's cable; once plugged in it comes back within seconds.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="34" />
        <source>请重新插拔读卡器；仍有故障请报修。</source>
        <translation>Unplug the reader and plug it in; if it still fails, have it repaired.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="61" />
        <source>正在读卡，请放证件…</source>
        <translation>Reading, please place the ID …</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="80" />
        <source>请再按 F2。</source>
        <translation>Press F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="82" />
        <source>急办的按 Ctrl+Shift+F2 拍照识别。</source>
        <translation>If it is urgent, Ctrl+Shift+F2 reads a picture of the card.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="83" />
        <source>没有读到证件</source>
        <translation>No ID was read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="99" />
        <source>人证一致（窗口核对）</source>
        <translation>Same person (seen by the clerk)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="99" />
        <source>人证不一致！（窗口核对）</source>
        <translation>Not the same person! (seen by the clerk)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="103" />
        <source>已挂失！不要凭它办理</source>
        <translation>Reported lost! Do not accept it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="103" />
        <source>已作废！不要凭它办理</source>
        <translation>Revoked! Do not accept it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/who.py" line="104" />
        <source>；</source>
        <translation>; </translation>
    </message>
</context><context>
    <name>WipePresenter</name>
    <message>
        <location filename="../../app/presenters/wiping.py" line="66" />
        <source>请办完或结束手上这位来访者，随后自动清除。</source>
        <translation>Finish or end the visit in hand; then it wipes itself.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/wiping.py" line="98" />
        <source>还有 {0} 位来访者没有办完（Ctrl+Shift+P），请办完或放弃，随后自动清除。</source>
        <translation>{0} visitors are unfinished (Ctrl+Shift+P): finish or drop them; then it wipes itself.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/wiping.py" line="105" />
        <source>还有 {0} 条要上报或处理（F9），完成后自动清除。</source>
        <translation>{0} are still to be sent or settled (F9); then it wipes itself.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/wiping.py" line="106" />
        <source>上报完成后自动清除。</source>
        <translation>It wipes itself once all is sent.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/wiping.py" line="111" />
        <source>平台要求清除本机数据</source>
        <translation>The platform orders this machine wiped</translation>
    </message>
    <message>
        <location filename="../../app/presenters/wiping.py" line="111" />
        <source>请不要再受理新的业务。</source>
        <translation>Please accept nothing new.</translation>
    </message>
</context><context>
    <name>WipedScreen</name>
    <message>
        <location filename="../../widgets/wiped.py" line="23" />
        <source>一窗</source>
        <translation>Yichuang</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="29" />
        <source>退出 Enter</source>
        <translation>Leave Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="44" />
        <source>正在清除本机数据</source>
        <translation>Wiping this machine</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="44" />
        <source>平台已下达清除指令。请稍候，不要关机。</source>
        <translation>The platform has ordered it. Please wait and do not switch off.</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="49" />
        <source>平台已将本机登记为丢失，本机的业务数据已按指令清除。</source>
        <translation>The platform lists this machine as lost. Its working data was wiped as ordered.</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="51" />
        <source>已受理的办件都已上报，本机的业务数据已按指令清除。</source>
        <translation>All accepted cases were sent. The working data of this machine was wiped as ordered.</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="55" />
        <source>密钥已销毁，数据不能再打开；还有文件没有删净，下次启动会继续。</source>
        <translation>The keys are destroyed and nothing can be opened. Some files are left; the next start goes on.</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="57" />
        <source>还没有连上平台，下次启动时会报告。</source>
        <translation>The platform does not know yet; the next start tells it.</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="58" />
        <source>需要重新启用的，请联系运维人员重新登记本机。</source>
        <translation>To use it again, have it enrolled anew by the operators.</translation>
    </message>
    <message>
        <location filename="../../widgets/wiped.py" line="59" />
        <source>本机数据已清除</source>
        <translation>This machine was wiped</translation>
    </message>
</context><context>
    <name>Words</name>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="123" />
        <location filename="../../app/presenters/words.py" line="148" />
        <location filename="../../app/presenters/card_words.py" line="96" />
        <source>男</source>
        <translation>Male</translation>
    </message>
    <message>
        <location filename="../../app/presenters/chip_words.py" line="123" />
        <location filename="../../app/presenters/words.py" line="148" />
        <location filename="../../app/presenters/card_words.py" line="96" />
        <source>女</source>
        <translation>Female</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="127" />
        <location filename="../../app/presenters/card_words.py" line="97" />
        <source>{0}族</source>
        <translation>{0} ethnic group</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="151" />
        <location filename="../../app/presenters/card_words.py" line="99" />
        <source>至 {0}</source>
        <translation>until {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="55" />
        <source>日期不明</source>
        <translation>of unknown date</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="57" />
        <source>已联网核验</source>
        <translation>Verified online</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="59" />
        <source>签名有效（离线，信任名单 {0}）</source>
        <translation>Signature valid (offline, trust list of {0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="61" />
        <source>签名有效（离线，信任名单 {0}；{1}）</source>
        <translation>Signature valid (offline, trust list of {0}; {1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="65" />
        <source>已采集，尚未核验</source>
        <translation>Captured, not verified yet</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="67" />
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="95" />
        <location filename="../../app/presenters/words.py" line="68" />
        <source>已吊销</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="76" />
        <source>已联网核验（{0}）</source>
        <translation>Verified online ({0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="88" />
        <location filename="../../app/presenters/words.py" line="77" />
        <source>尚未核验（{0}）</source>
        <translation>Not verified yet ({0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="96" />
        <location filename="../../app/presenters/words.py" line="78" />
        <source>不能用（{0}）</source>
        <translation>Cannot be used ({0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="81" />
        <source>无效：{0}</source>
        <translation>Invalid: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="89" />
        <source>印章有效（离线，信任名单 {0}）</source>
        <translation>Seal valid (offline, trust list {0})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="91" />
        <source>印章有效（离线，信任名单 {0}；{1}）</source>
        <translation>Seal valid (offline, trust list {0}; {1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="101" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="121" />
        <source>{0} 至 {1}</source>
        <translation>{0} to {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="130" />
        <source>读卡器读取 {0}</source>
        <translation>Read from the chip at {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="145" />
        <source>姓名待录入</source>
        <translation>Name to be entered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="146" />
        <source>护照、通行证等旅行证件</source>
        <translation>Passport, permit or other travel document</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="152" />
        <source>机读码读取 {0}</source>
        <translation>Machine-readable zone, {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="153" />
        <source>证件真伪没有核验</source>
        <translation>The document was not verified as genuine</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="170" />
        <source>{0} 签发</source>
        <translation>Issued by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="173" />
        <source>有效期至 {0}</source>
        <translation>Valid until {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="180" />
        <source>电子证照动态码</source>
        <translation>Dynamic code of an e-licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="182" />
        <source>电子证照文件</source>
        <translation>E-licence file</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="183" />
        <source>无法识别的码</source>
        <translation>Unknown code</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="239" />
        <source>要办 {0} 个事项</source>
        <translation>Items to do: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="239" />
        <source>还剩 {0} 种情形</source>
        <translation>Situations left: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="260" />
        <source>{0} 个事项</source>
        <translation>Items: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="264" />
        <source>{0} 种情形</source>
        <translation>Situations: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="272" />
        <source>待交</source>
        <translation>Missing</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="273" />
        <source>免交</source>
        <translation>Waived</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="274" />
        <source>已拍</source>
        <translation>Captured</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="275" />
        <source>容缺</source>
        <translation>Deferred</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="276" />
        <source>承诺</source>
        <translation>Promised</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="277" />
        <source>选交</source>
        <translation>Optional</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="279" />
        <source>沿用</source>
        <translation>Reused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="35" />
        <location filename="../../app/presenters/words.py" line="287" />
        <source>{0} 前补交</source>
        <translation>To follow by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="308" />
        <source>{0} 交过 {1} 页（办件 {2}）</source>
        <translation>Handed in on {0}, pages: {1} (case {2})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="313" />
        <source>{0}：{1}，不能沿用</source>
        <translation>{0}: {1}; it cannot be reused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="321" />
        <source>{0} 等 {1} 项</source>
        <translation>{0} and others, {1} in all</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="339" />
        <location filename="../../app/presenters/words.py" line="338" />
        <location filename="../../app/presenters/words.py" line="337" />
        <source>就绪</source>
        <translation>ready</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="340" />
        <source>忙</source>
        <translation>busy</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="341" />
        <source>缺纸</source>
        <translation>out of paper</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="342" />
        <source>未连接</source>
        <translation>not connected</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="343" />
        <source>故障</source>
        <translation>fault</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="344" />
        <source>无应答</source>
        <translation>no answer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="350" />
        <source>未知</source>
        <translation>unknown</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="21" />
        <location filename="../../app/presenters/around_words.py" line="348" />
        <location filename="../../app/presenters/words.py" line="357" />
        <source>待上传</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="358" />
        <source>上传中</source>
        <translation>Sending</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="359" />
        <source>稍后重试</source>
        <translation>Tried again later</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="341" />
        <location filename="../../app/presenters/around_words.py" line="58" />
        <location filename="../../app/presenters/words.py" line="360" />
        <source>需处理</source>
        <translation>Needs a person</translation>
    </message>
    <message>
        <location filename="../../app/presenters/words.py" line="361" />
        <source>已上传</source>
        <translation>Sent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="32" />
        <location filename="../../app/presenters/around_words.py" line="207" />
        <location filename="../../app/presenters/around_words.py" line="36" />
        <source>待平台回执</source>
        <translation>Awaiting the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="37" />
        <source>收件</source>
        <translation>Received</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="205" />
        <location filename="../../app/presenters/around_words.py" line="93" />
        <location filename="../../app/presenters/around_words.py" line="38" />
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="39" />
        <source>审核</source>
        <translation>Under review</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="40" />
        <source>办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="41" />
        <source>补齐补正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="42" />
        <source>挂起</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="43" />
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="46" />
        <source>本窗口已受理，待上传</source>
        <translation>Accepted here, to be sent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="22" />
        <location filename="../../app/presenters/around_words.py" line="47" />
        <source>正在上传</source>
        <translation>Being sent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="48" />
        <source>平台已收</source>
        <translation>The platform has it</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="49" />
        <source>平台已收，已备份</source>
        <translation>The platform has it, backed up</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="50" />
        <source>被退回，需处理</source>
        <translation>Sent back, to be settled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="51" />
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="53" />
        <source>平台缺失，需处理</source>
        <translation>Missing at the platform, needs you</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="333" />
        <location filename="../../app/presenters/around_words.py" line="56" />
        <source>将到期</source>
        <translation>Nearly due</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="330" />
        <location filename="../../app/presenters/around_words.py" line="57" />
        <source>已逾期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="59" />
        <source>时限暂停</source>
        <translation>Clock stopped</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="120" />
        <location filename="../../app/presenters/around_words.py" line="60" />
        <source>已办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="63" />
        <source>读取证件</source>
        <translation>Card read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="64" />
        <source>带入预约</source>
        <translation>Booking taken over</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="65" />
        <source>约下次来的时间</source>
        <translation>Next visit booked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="66" />
        <source>预约改期</source>
        <translation>Booking moved</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="67" />
        <source>取消预约</source>
        <translation>Booking cancelled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="68" />
        <source>寄递下单</source>
        <translation>Parcel ordered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="69" />
        <source>寄递有进展</source>
        <translation>Parcel moved on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="70" />
        <source>取消寄递</source>
        <translation>Parcel called off</translation>
    </message>
    <message>
        <location filename="../../app/presenters/express_words.py" line="18" />
        <location filename="../../app/presenters/around_words.py" line="71" />
        <source>承运方不收</source>
        <translation>Refused by the carrier</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="72" />
        <source>人证核对</source>
        <translation>Face compared</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="73" />
        <source>用上证件照</source>
        <translation>Photograph used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="74" />
        <source>同意保存证件照</source>
        <translation>Photograph kept with consent</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="75" />
        <source>撤回同意，删除证件照</source>
        <translation>Consent withdrawn, photograph deleted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="76" />
        <source>取用平台的证件照</source>
        <translation>Photograph of the platform used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="77" />
        <source>平台已撤回，删除证件照</source>
        <translation>Photograph deleted, withdrawn at the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="78" />
        <source>身份核验</source>
        <translation>Check identity</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="79" />
        <source>申请人在密码键盘上输入</source>
        <translation>Typed by the applicant on the PIN pad</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="80" />
        <source>读取社保卡</source>
        <translation>Social-security card read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="81" />
        <source>验证社保卡密码</source>
        <translation>PIN of the social-security card checked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="82" />
        <source>要求退款</source>
        <translation>Refund asked for</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="83" />
        <source>退款</source>
        <translation>refunds</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="84" />
        <source>没有退款</source>
        <translation>Not refunded</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="85" />
        <source>读取证件芯片</source>
        <translation>Chip of the document read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="86" />
        <source>拍照识别证件</source>
        <translation>Card by camera</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="87" />
        <source>读取护照机读码</source>
        <translation>Machine-readable zone read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="88" />
        <source>亮出签发的电子证照</source>
        <translation>Showed the e-licence issued</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="89" />
        <source>打印电子证照凭条</source>
        <translation>Printed the slip of the e-licence</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="90" />
        <source>扫描电子证照</source>
        <translation>Licence scanned</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="91" />
        <source>选择事项</source>
        <translation>Items chosen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="92" />
        <source>沿用以前的材料</source>
        <translation>Earlier material used again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="94" />
        <source>出具受理通知书</source>
        <translation>Acceptance notice made</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="95" />
        <source>重印文书</source>
        <translation>Paper printed again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="96" />
        <source>补交材料</source>
        <translation>Material handed in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="97" />
        <source>导出归档包</source>
        <translation>Export archive package</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="98" />
        <source>更正办件内容</source>
        <translation>Case corrected</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="99" />
        <source>核对更正，决定采用的内容</source>
        <translation>Correction settled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="100" />
        <source>撤销核对的决定</source>
        <translation>Decision taken back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="101" />
        <source>核查承诺</source>
        <translation>Promise checked</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="102" />
        <source>申请人确认签字</source>
        <translation>Signed by the applicant</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="103" />
        <source>未在屏上签字</source>
        <translation>Not signed on the screen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="104" />
        <source>群众已评价</source>
        <translation>Rated by the citizen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="105" />
        <source>登记企业事项</source>
        <translation>Register a firm's matter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="106" />
        <source>处理企业事项</source>
        <translation>Step in a firm's matter</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="107" />
        <source>驻点请假</source>
        <translation>Leave from the station</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="108" />
        <source>重新发送</source>
        <translation>Sent again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="109" />
        <source>撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="110" />
        <source>疑似重复已核对</source>
        <translation>Possible duplicate settled</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="111" />
        <source>平台缺失已联系处理</source>
        <translation>Missing at the platform: dealt with</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="112" />
        <source>暂停上传</source>
        <translation>Upload paused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="113" />
        <source>继续上传</source>
        <translation>Go on uploading</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="114" />
        <source>导出数据包</source>
        <translation>Packet exported</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="115" />
        <source>导入平台回执</source>
        <translation>Import the platform's answer</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="118" />
        <source>进展</source>
        <translation>Progress</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="119" />
        <source>要补正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="121" />
        <source>通知</source>
        <translation>Notice</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="124" />
        <source>办件</source>
        <translation>Case</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="125" />
        <source>材料影像</source>
        <translation>Pages</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="126" />
        <source>操作记录</source>
        <translation>Audit trail</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="212" />
        <location filename="../../app/presenters/around_words.py" line="127" />
        <source>更正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="128" />
        <source>群众评价</source>
        <translation>Rating</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="129" />
        <source>企业事项</source>
        <translation>Firms' matters</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="130" />
        <source>请假</source>
        <translation>Leave</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="131" />
        <source>证件照</source>
        <translation>Photograph</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="134" />
        <source>非常满意</source>
        <translation>Very satisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="135" />
        <source>满意</source>
        <translation>Satisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="136" />
        <source>基本满意</source>
        <translation>Fairly satisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="137" />
        <source>不满意</source>
        <translation>Dissatisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="138" />
        <source>非常不满意</source>
        <translation>Very dissatisfied</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="158" />
        <source>疑似重复</source>
        <translation>duplicate?</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="203" />
        <location filename="../../app/presenters/around_words.py" line="167" />
        <source>已清除</source>
        <translation>cleared</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="184" />
        <source>今天 {0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="184" />
        <source>今天 {0} 前</source>
        <translation>today, by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="198" />
        <location filename="../../app/presenters/around_words.py" line="186" />
        <source>{0} 前</source>
        <translation>by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="196" />
        <source>以平台核定为准</source>
        <translation>as the platform decides</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="203" />
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="204" />
        <source>受理部门</source>
        <translation>Department</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="206" />
        <source>办结期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="40" />
        <location filename="../../app/presenters/around_words.py" line="207" />
        <source>办件编码</source>
        <translation>Case no.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="208" />
        <source>上传</source>
        <translation>Sending</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="213" />
        <source>重复</source>
        <translation>Duplicate</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="218" />
        <source>受理流水号 {0}</source>
        <translation>Acceptance no. {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="256" />
        <source>已在本窗更正，待平台确认</source>
        <translation>Corrected at this window, awaiting the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="257" />
        <source>与平台不一致，请按 Ctrl+H 核对</source>
        <translation>differs from the platform: settle it with Ctrl+H</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="258" />
        <source>已更正，平台已确认</source>
        <translation>corrected, confirmed by the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="267" />
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="279" />
        <source>其他操作</source>
        <translation>Other</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="281" />
        <source>{0}（第 {1} 次）</source>
        <translation>{0} (no. {1})</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="291" />
        <source>进入“{0}”环节</source>
        <translation>Now at stage "{0}"</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="294" />
        <source>请通知申请人补正，补来的材料按 Ctrl+B 拍摄。</source>
        <translation>Tell the applicant; capture what is handed in with Ctrl+B.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="296" />
        <source>请通知申请人在 {0} 前补正，补来的材料按 Ctrl+B 拍摄。</source>
        <translation>Tell the applicant to put it right by {0}; capture what is handed in with Ctrl+B.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="299" />
        <source>填写的内容要改的，按 Ctrl+U 更正。</source>
        <translation> What the form says is corrected with Ctrl+U.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="301" />
        <source>可以通知申请人领取办理结果。</source>
        <translation>The applicant can be told to fetch the result.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="324" />
        <source>今日受理</source>
        <translation>Accepted today</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="326" />
        <source>{0} 人次，延时 {1} 件</source>
        <translation>{0} visitors, {1} extended</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="328" />
        <source>{0} 人次</source>
        <translation>Visitors: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="335" />
        <source>{0} 及以前</source>
        <translation>by {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="338" />
        <source>时限正常</source>
        <translation>In time</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="343" />
        <source>平台退回的办件</source>
        <translation>Sent back by the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="350" />
        <source>最早 {0}</source>
        <translation>since {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="354" />
        <source>容缺待补</source>
        <translation>Materials owed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="356" />
        <source>其中逾期 {0} 份</source>
        <translation>overdue: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="361" />
        <source>其中逾期 {0} 件</source>
        <translation>{0} overdue</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="363" />
        <source>整改工单</source>
        <translation>Work orders</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="367" />
        <source>今日看板</source>
        <translation>Today's board</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="368" />
        <source>{0}，{1} 更新；时限灯按本窗口全部在办办件</source>
        <translation>{0}, as of {1}; time limits of all running cases of this window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="393" />
        <source>已暂停</source>
        <translation>paused</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="393" />
        <source>等好网络</source>
        <translation>waits for a good line</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="397" />
        <source>核对原因后，平台那边已改好的选“重新发送”；不再办理的选“撤回”。</source>
        <translation>Look at the reason: send it again once it is put right, or withdraw it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="399" />
        <source>与平台不一致的按 Ctrl+H 核对；这次更正不要了的选“撤回”，办件恢复平台的内容。</source>
        <translation>Where it differs from the platform, settle it with Ctrl+H; to drop the correction, withdraw it: the case is then as the platform has it.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/around_words.py" line="401" />
        <source>不用处理，到时间会自动再传；着急可按“立即上传”。</source>
        <translation>Nothing to do: it is sent again by itself; "Upload now" if it is urgent.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upload_words.py" line="32" />
        <source>约 {0} 小时</source>
        <translation>about {0} h</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upload_words.py" line="34" />
        <source>约 {0} 分钟</source>
        <translation>about {0} min</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upload_words.py" line="35" />
        <source>不到 1 分钟</source>
        <translation>less than a minute</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upload_words.py" line="43" />
        <source>办件 {0}/{1}</source>
        <translation>Records {0}/{1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upload_words.py" line="45" />
        <source>材料 {0}/{1}</source>
        <translation>Files {0}/{1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upload_words.py" line="48" />
        <source>{0} / {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upload_words.py" line="50" />
        <source>每秒 {0}</source>
        <translation>{0} a second</translation>
    </message>
    <message>
        <location filename="../../app/presenters/upload_words.py" line="52" />
        <source>正在估算剩余时间</source>
        <translation>estimating the time left</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="20" />
        <source>疑似 {0}，请按 Ctrl+D 核对</source>
        <translation>perhaps {0}; press Ctrl+D</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="21" />
        <source>与 {0} 是两件，都要办</source>
        <translation>{0} is another case, both go on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="22" />
        <source>与 {0} 是同一件，只办本件</source>
        <translation>the same as {0}, only this one goes on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="23" />
        <source>与 {0} 是同一件，只办对方那件</source>
        <translation>the same as {0}, only the other goes on</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="38" />
        <source>窗口</source>
        <translation>Window</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="39" />
        <source>受理流水号</source>
        <translation>Number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/double_words.py" line="41" />
        <source>受理时间</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <location filename="../../app/presenters/region_words.py" line="15" />
        <source>{0}：待转办，平台确认后加盖收件专用章</source>
        <translation>{0}: to be handed over; the receive seal follows when the platform has confirmed</translation>
    </message>
    <message>
        <location filename="../../app/presenters/region_words.py" line="18" />
        <source>{0}：已转办，办理地编号 {1}</source>
        <translation>{0}: handed over, number there {1}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/region_words.py" line="21" />
        <source>{0}：办理地退回，原因见消息（F11）</source>
        <translation>{0}: sent back; the messages (F11) say why</translation>
    </message>
    <message>
        <location filename="../../app/presenters/region_words.py" line="23" />
        <source>{0}：待转办，已加盖收件专用章；对方平台恢复后自动转办</source>
        <translation>{0}: sealed, waiting to be handed over; goes by itself when their platform answers</translation>
    </message>
    <message>
        <location filename="../../app/presenters/region_words.py" line="28" />
        <source>属地办理</source>
        <translation>Decided by</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="19" />
        <source>已采集</source>
        <translation>captured</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="20" />
        <source>已存本机</source>
        <translation>stored here</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="23" />
        <source>平台已保存</source>
        <translation>kept by the platform</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="81" />
        <location filename="../../app/presenters/kept_words.py" line="24" />
        <source>本机已清除</source>
        <translation>cleared here</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="25" />
        <source>平台未收，需处理</source>
        <translation>not taken by the platform, needs you</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="45" />
        <source>{0} 页</source>
        <translation>Pages: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="50" />
        <source>{0} {1}/{2} 页</source>
        <translation>{0}: {1} of {2} p.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="61" />
        <source>平台恢复数据后缺少这个办件（或它的材料），本机也已清除，不能补传。请把受理流水号报给平台运维人员，必要时请申请人重新提交材料。</source>
        <translation>The platform was restored from a backup and lacks this case (or its materials); they were cleared here too and cannot be sent again. Tell the platform's operators the serial number; if need be, ask the applicant to hand the materials in again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="67" />
        <source>已移交平台保存，本机于 {0} 清除。要看内容，请到平台按办件编码查询。</source>
        <translation>Kept by the platform; cleared here on {0}. To see what it says, look it up at the platform by its case number.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="70" />
        <source>材料影像已移交平台保存，本机于 {0} 清除；办件内容在本机保留到 {1}。</source>
        <translation>The pictures of the materials are kept by the platform and were cleared here on {0}; what the case says stays here until {1}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="73" />
        <source>平台已备份保存。材料影像在本机保留到 {0}，办件内容保留到 {1}。</source>
        <translation>Kept by the platform, with a backup. The pictures of the materials stay here until {0}, what the case says until {1}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/kept_words.py" line="82" />
        <source>重印过 {0} 次</source>
        <translation>Reprinted: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/express_words.py" line="13" />
        <source>待下单，承运方恢复后自动下单</source>
        <translation>Waiting; ordered when the carrier answers</translation>
    </message>
    <message>
        <location filename="../../app/presenters/express_words.py" line="14" />
        <source>已下单</source>
        <translation>Ordered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/express_words.py" line="15" />
        <source>已揽收</source>
        <translation>Collected</translation>
    </message>
    <message>
        <location filename="../../app/presenters/express_words.py" line="16" />
        <source>已妥投</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <location filename="../../app/presenters/express_words.py" line="17" />
        <source>已取消寄递</source>
        <translation>Called off</translation>
    </message>
    <message>
        <location filename="../../app/presenters/express_words.py" line="28" />
        <source>寄递</source>
        <translation>Parcel</translation>
    </message>
    <message>
        <location filename="../../app/presenters/express_words.py" line="31" />
        <source>寄递轨迹</source>
        <translation>Parcel's last step</translation>
    </message>
</context><context>
    <name>ZoneCheckDialog</name>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="121" />
        <source>核对机读码</source>
        <translation>Check the machine-readable zone</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="123" />
        <source>有 {0} 个字符没有看清</source>
        <translation>{0} characters could not be read for certain</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="123" />
        <source>请对照证件原件，看一个、按一个键</source>
        <translation>Compare with the document: look at each, press its key</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="132" />
        <source>按键确认，左右键换一个；&lt; 按 Shift+逗号</source>
        <translation>A key confirms, arrows move; &lt; is Shift+comma</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="152" />
        <source>不采用 Esc</source>
        <translation>Do not use Esc</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="155" />
        <source>确认采用 Enter</source>
        <translation>Confirm and use Enter</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="194" />
        <source>第 {0} 行第 {1} 位</source>
        <translation>Line {0}, place {1}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="195" />
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="197" />
        <source>{0}的图像</source>
        <translation>Picture of {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="204" />
        <source>可能是 {0}</source>
        <translation>May be {0}</translation>
    </message>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="207" />
        <source>还有 {0} 个没有确认</source>
        <translation>{0} not confirmed yet</translation>
    </message>
</context><context>
    <name>ZoneLines</name>
    <message>
        <location filename="../../widgets/dialogs/zone_check.py" line="43" />
        <source>机读码</source>
        <translation>Machine-readable zone</translation>
    </message>
</context><context>
    <name>ZonePresenter</name>
    <message>
        <location filename="../../app/presenters/zones.py" line="54" />
        <source>证件类别</source>
        <translation>Document type</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="55" />
        <source>签发国</source>
        <translation>Issuing state</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="56" />
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="57" />
        <source>证件号码</source>
        <translation>Document number</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="58" />
        <source>国籍</source>
        <translation>Nationality</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="59" />
        <source>出生日期</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="60" />
        <source>性别</source>
        <translation>Sex</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="61" />
        <source>有效期</source>
        <translation>Expiry</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="62" />
        <source>附加项</source>
        <translation>Optional data</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="63" />
        <source>总校验</source>
        <translation>Overall check</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="66" />
        <source>国家代码不在名单中</source>
        <translation>the state's code is not on the list</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="67" />
        <source>签发国处是无国籍代码</source>
        <translation>a code for stateless people stands where the issuer should</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="68" />
        <source>日期不存在</source>
        <translation>a date does not exist</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="69" />
        <source>姓名写法不合标准</source>
        <translation>the name is not spelt as the standard says</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="70" />
        <source>证件类别不合标准</source>
        <translation>the document code is not of the standard</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="71" />
        <source>性别不合标准</source>
        <translation>the sex is not of the standard</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="72" />
        <source>该国自定的样式</source>
        <translation>a layout of that state's own</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="73" />
        <source>样本证件</source>
        <translation>a specimen</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="166" />
        <source>材料上有护照或通行证的机读码</source>
        <translation>The material shows a machine-readable zone</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="167" />
        <source>是申请人本人的，按 Shift+F2 填入。</source>
        <translation>If it is the applicant's own, press Shift+F2 to fill it in.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="179" />
        <source>请把证件放到护照阅读机上…</source>
        <translation>Lay the document on the passport reader…</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="188" />
        <source>没有读到机读码</source>
        <translation>No machine-readable zone was read</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="188" />
        <source>请放好证件，再按 Shift+F2。</source>
        <translation>Lay the document down, then press Shift+F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="206" />
        <source>机读码没有读准，没有采用</source>
        <translation>The zone was not read for certain and is not used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="208" />
        <source>请再刷一次，或者用高拍仪拍机读码。</source>
        <translation>Swipe once more, or use the document camera.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="215" />
        <source>读护照、通行证</source>
        <translation>Read passport or permit</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="217" />
        <source>把有两三行“&lt;&lt;&lt;”的一面放平，朝哪个方向都可以（Esc 停止）</source>
        <translation>Lay the side with two or three lines of “&lt;&lt;&lt;” flat, any way round (Esc stops)</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="234" />
        <source>已读出，请收回证件</source>
        <translation>Read; the document can be taken back</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="259" />
        <source>机读码的证件号码没有填入</source>
        <translation>The document number was not filled in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="260" />
        <source>{0}。</source>
        <translation>{0}.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="261" />
        <source>请看实物和本人，号码照证件录入。</source>
        <translation>Look at the document and the person; enter the number from the document.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="264" />
        <source>机读码已填入：{0}</source>
        <translation>Filled in from the zone: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="264" />
        <source>机读码已填入</source>
        <translation>The machine-readable zone was filled in</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="265" />
        <source>证件真伪没有核验，请看实物和本人。</source>
        <translation>The document was not verified as genuine: look at it and at the person.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="274" />
        <source>机读码不是常见的样式，没有采用</source>
        <translation>The zone is unusual and is not used</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="276" />
        <source>请照证件录入。</source>
        <translation>Enter the data from the document.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="308" />
        <source>确认的字符与证件的校验位对不上</source>
        <translation>What was confirmed does not fit the document's check digits</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="309" />
        <source>{0}。请对照证件再看一遍；对不上的项不会填入表单。</source>
        <translation>{0}. Please compare with the document once more; what does not fit is not filled in.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="310" />
        <source>填入其余各项</source>
        <translation>Fill in the rest</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="311" />
        <source>再看一遍</source>
        <translation>Look again</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="325" />
        <source>校验位不符：{0}</source>
        <translation>Check digits do not hold: {0}</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="327" />
        <location filename="../../app/presenters/zones.py" line="325" />
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="350" />
        <source>画面已结束，没有读到机读码。按 Shift+F2 重来。</source>
        <translation>The picture has ended without a zone. Press Shift+F2 to try again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="352" />
        <source>请检查摄像头连线后按 Shift+F2 重试。</source>
        <translation>Check the camera's cable, then press Shift+F2 again.</translation>
    </message>
    <message>
        <location filename="../../app/presenters/zones.py" line="353" />
        <source>摄像头不能用</source>
        <translation>The camera cannot be used</translation>
    </message>
</context></TS>
